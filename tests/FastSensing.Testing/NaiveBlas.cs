using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Testing;

/// <summary>
/// The whole <see cref="IBlas{T}"/> contract as triple loops over view elements: slow and obviously right, the
/// yardstick of every fast implementation. No blocking, no vectors, no shortcuts but those that the contract demands.
/// </summary>
public sealed class NaiveBlas<T> : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => "naive";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        RequireProductShape("Gemm", a, b, c);
        RequireOwnElements("Gemm", "c", c);
        RequireApart("Gemm", "c", c, "a", a);
        RequireApart("Gemm", "c", c, "b", b);
        Multiply(alpha, a, b, beta, c);
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        if (a.Columns != x.Length)
        {
            throw new ArgumentException($"Gemv: a is {a.Rows} x {a.Columns} and x is {x.Length} x 1; the shapes do not agree.", nameof(x));
        }

        if (a.Rows != y.Length)
        {
            throw new ArgumentException($"Gemv: a is {a.Rows} x {a.Columns} and y is {y.Length} x 1; the shapes do not agree.", nameof(y));
        }

        var column = new ReadOnlyMatrixSpan<T>(x, x.Length, 1);
        var output = new MatrixSpan<T>(y, y.Length, 1);
        RequireApart("Gemv", "y", output, "a", a);
        RequireApart("Gemv", "y", output, "x", column);
        Multiply(alpha, a, column, beta, output);
    }

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        RequireSquare("Syrk", "c", c);
        RequireProductShape("Syrk", a, a.Transpose(), c);
        RequireOwnElements("Syrk", "c", c);
        RequireApart("Syrk", "c", c, "a", a);
        bool product = alpha != T.Zero && a.Columns > 0;
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T sum = product ? Dot(a, i, a, j) : T.Zero;
                Update(product, alpha, sum, beta, ref c[i, j]);
            }
        }
    }

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        RequireSquare("Trsm", "a", a);
        if (a.Rows != b.Rows)
        {
            throw ShapesDisagree("Trsm", "a", a, "b", b);
        }

        RequireOwnElements("Trsm", "b", b);
        RequireApart("Trsm", "b", b, "a", a);
        if (alpha == T.Zero)
        {
            b.Fill(T.Zero);
            return;
        }

        int n = a.Rows;
        bool lower = triangle == Triangle.Lower;
        for (int step = 0; step < n; step++)
        {
            int i = lower ? step : n - 1 - step;
            for (int j = 0; j < b.Columns; j++)
            {
                T rest = alpha * b[i, j];
                for (int p = lower ? 0 : i + 1; p < (lower ? i : n); p++)
                {
                    rest -= a[i, p] * b[p, j];
                }

                b[i, j] = rest / a[i, i];
            }
        }
    }

    public int Potrf(MatrixSpan<T> a)
    {
        RequireSquare("Potrf", "a", a);
        RequireOwnElements("Potrf", "a", a);
        for (int j = 0; j < a.Columns; j++)
        {
            for (int i = j; i < a.Rows; i++)
            {
                T rest = a[i, j];
                for (int p = 0; p < j; p++)
                {
                    rest -= a[i, p] * a[j, p];
                }

                if (i > j)
                {
                    a[i, j] = rest / a[j, j];
                }
                else if (rest > T.Zero)
                {
                    a[j, j] = T.Sqrt(rest);
                }
                else
                {
                    return j + 1;
                }
            }
        }

        return 0;
    }

    private static void Multiply(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        bool product = alpha != T.Zero && a.Columns > 0;
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T sum = product ? Dot(a, i, b.Transpose(), j) : T.Zero;
                Update(product, alpha, sum, beta, ref c[i, j]);
            }
        }
    }

    private static T Dot(ReadOnlyMatrixSpan<T> a, int i, ReadOnlyMatrixSpan<T> b, int j)
    {
        T sum = T.Zero;
        for (int p = 0; p < a.Columns; p++)
        {
            sum += a[i, p] * b[j, p];
        }

        return sum;
    }

    private static void Update(bool product, T alpha, T sum, T beta, ref T c)
    {
        T old = beta == T.Zero ? T.Zero : beta * c;
        c = product ? (alpha * sum) + old : old;
    }

    private static void RequireProductShape(string routine, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, ReadOnlyMatrixSpan<T> c)
    {
        if (a.Columns != b.Rows)
        {
            throw ShapesDisagree(routine, "a", a, "b", b);
        }

        if (a.Rows != c.Rows)
        {
            throw ShapesDisagree(routine, "a", a, "c", c);
        }

        if (b.Columns != c.Columns)
        {
            throw ShapesDisagree(routine, "b", b, "c", c);
        }
    }

    private static void RequireSquare(string routine, string name, ReadOnlyMatrixSpan<T> view)
    {
        if (view.Rows != view.Columns)
        {
            throw new ArgumentException($"{routine}: {name} is {view.Rows} x {view.Columns}; it must be square.", name);
        }
    }

    private static void RequireOwnElements(string routine, string name, MatrixSpan<T> output)
    {
        if (MatrixLayout.AliasesItself(output.Rows, output.Columns, output.RowStride, output.ColumnStride))
        {
            throw new ArgumentException($"{routine}: elements of the output {name} alias each other.", name);
        }
    }

    private static void RequireApart(string routine, string outputName, MatrixSpan<T> output, string inputName, ReadOnlyMatrixSpan<T> input)
    {
        if (output.Overlaps(input))
        {
            throw new ArgumentException($"{routine}: the output {outputName} overlaps the input {inputName}.", outputName);
        }
    }

    private static ArgumentException ShapesDisagree(
        string routine, string leftName, ReadOnlyMatrixSpan<T> left, string rightName, ReadOnlyMatrixSpan<T> right) =>
        new($"{routine}: {leftName} is {left.Rows} x {left.Columns} and {rightName} is {right.Rows} x {right.Columns}; the shapes do not agree.", rightName);
}
