using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>
/// What every implementation of <see cref="IBlas{T}"/> refuses at its public edge, in this order: shapes that disagree,
/// outputs whose elements alias each other, outputs that overlap an input.
/// </summary>
internal static class BlasChecks
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gemm<T>(in ReadOnlyMatrixSpan<T> a, in ReadOnlyMatrixSpan<T> b, in MatrixSpan<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Columns != b.Rows)
        {
            ThrowHelper.ShapesDisagree("Gemm", nameof(a), a.Rows, a.Columns, nameof(b), b.Rows, b.Columns);
        }

        if (a.Rows != c.Rows)
        {
            ThrowHelper.ShapesDisagree("Gemm", nameof(a), a.Rows, a.Columns, nameof(c), c.Rows, c.Columns);
        }

        if (b.Columns != c.Columns)
        {
            ThrowHelper.ShapesDisagree("Gemm", nameof(b), b.Rows, b.Columns, nameof(c), c.Rows, c.Columns);
        }

        Output("Gemm", nameof(c), c);
        Disjoint("Gemm", nameof(c), c, nameof(a), a);
        Disjoint("Gemm", nameof(c), c, nameof(b), b);
    }

    public static void GemmBothSides<T>(
        in ReadOnlyMatrixSpan<T> g, in ReadOnlyMatrixSpan<T> right, in ReadOnlyMatrixSpan<T> left, in MatrixSpan<T> p, in MatrixSpan<T> q)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = "GemmBothSides";
        RequireShape(Routine, nameof(right), right, g.Columns, right.Columns, g);
        RequireShape(Routine, nameof(left), left, g.Rows, right.Columns, g);
        RequireShape(Routine, nameof(p), p, g.Rows, right.Columns, g);
        RequireShape(Routine, nameof(q), q, g.Columns, right.Columns, g);
        Output(Routine, nameof(p), p);
        Output(Routine, nameof(q), q);
        Disjoint(Routine, nameof(p), p, nameof(g), g);
        Disjoint(Routine, nameof(p), p, nameof(right), right);
        Disjoint(Routine, nameof(p), p, nameof(left), left);
        Disjoint(Routine, nameof(q), q, nameof(g), g);
        Disjoint(Routine, nameof(q), q, nameof(right), right);
        Disjoint(Routine, nameof(q), q, nameof(left), left);
        Disjoint(Routine, nameof(p), p, nameof(q), q);
    }

    public static void Gemv<T>(ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Columns != x.Length)
        {
            ThrowHelper.ShapesDisagree("Gemv", nameof(a), a.Rows, a.Columns, nameof(x), x.Length, 1);
        }

        if (a.Rows != y.Length)
        {
            ThrowHelper.ShapesDisagree("Gemv", nameof(a), a.Rows, a.Columns, nameof(y), y.Length, 1);
        }

        MatrixSpan<T> output = new(y, y.Length, 1);
        Disjoint("Gemv", nameof(y), output, nameof(a), a);
        Disjoint("Gemv", nameof(y), output, nameof(x), new ReadOnlyMatrixSpan<T>(x, x.Length, 1));
    }

    public static void Syrk<T>(ReadOnlyMatrixSpan<T> a, MatrixSpan<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Square("Syrk", nameof(c), c.AsReadOnly());
        if (a.Rows != c.Rows)
        {
            ThrowHelper.ShapesDisagree("Syrk", nameof(a), a.Rows, a.Columns, nameof(c), c.Rows, c.Columns);
        }

        Output("Syrk", nameof(c), c);
        Disjoint("Syrk", nameof(c), c, nameof(a), a);
    }

    public static void Trsm<T>(ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Square("Trsm", nameof(a), a);
        if (a.Rows != b.Rows)
        {
            ThrowHelper.ShapesDisagree("Trsm", nameof(a), a.Rows, a.Columns, nameof(b), b.Rows, b.Columns);
        }

        Output("Trsm", nameof(b), b);
        Disjoint("Trsm", nameof(b), b, nameof(a), a);
    }

    public static void Potrf<T>(MatrixSpan<T> a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Square("Potrf", nameof(a), a.AsReadOnly());
        Output("Potrf", nameof(a), a);
    }

    private static void RequireShape<T>(string routine, string name, in ReadOnlyMatrixSpan<T> x, int rows, int columns, in ReadOnlyMatrixSpan<T> g)
        where T : unmanaged
    {
        if (x.Rows != rows || x.Columns != columns)
        {
            ThrowHelper.ShapesDisagree(routine, "g", g.Rows, g.Columns, name, x.Rows, x.Columns);
        }
    }

    private static void Square<T>(string routine, string name, ReadOnlyMatrixSpan<T> a)
        where T : unmanaged
    {
        if (a.Rows != a.Columns)
        {
            ThrowHelper.NotSquare(routine, name, a.Rows, a.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Output<T>(string routine, string name, in MatrixSpan<T> c)
        where T : unmanaged
    {
        // Row-major outputs, the common case, need no arithmetic.
        if ((c.ColumnStride != 1 || c.RowStride < c.Columns) && MatrixLayout.AliasesItself(c.Rows, c.Columns, c.RowStride, c.ColumnStride))
        {
            ThrowHelper.AliasesItself(routine, name, c.Rows, c.Columns, c.RowStride, c.ColumnStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Disjoint<T>(string routine, string output, in MatrixSpan<T> c, string input, in ReadOnlyMatrixSpan<T> a)
        where T : unmanaged
    {
        if (c.Overlaps(a))
        {
            ThrowHelper.Overlaps(routine, output, input);
        }
    }
}
