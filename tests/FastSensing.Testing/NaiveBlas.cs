using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Testing;

/// <summary>
/// The whole <see cref="IBlas{T}"/> contract as triple loops over view elements: slow and obviously right, the
/// yardstick of every fast implementation. No blocking, no vectors, no shortcuts but those that the contract demands.
/// It shares nothing with them but the checks of the public edge.
/// </summary>
public sealed class NaiveBlas<T> : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => "naive";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Gemm(a, b, c);
        Multiply(alpha, a, b, beta, c);
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        BlasChecks.Gemv(a, x, y);
        Multiply(alpha, a, new ReadOnlyMatrixSpan<T>(x, x.Length, 1), beta, new MatrixSpan<T>(y, y.Length, 1));
    }

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Syrk(a, c);
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
        BlasChecks.Trsm(a, b);
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
        BlasChecks.Potrf(a);
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
}
