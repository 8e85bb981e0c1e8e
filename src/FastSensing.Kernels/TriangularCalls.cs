using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels;

/// <summary>Trsm, Potrs and Potrf behind the checks: where their workspace comes from. A small order has it on the stack.</summary>
internal sealed unsafe class TriangularCalls<T>(BufferPool<T> pool, int workspaceLength, WorkerTeam? team)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Trsm(Triangle triangle, T alpha, in ReadOnlyMatrixSpan<T> a, in MatrixSpan<T> b)
    {
        fixed (T* pa = a, pb = b)
        {
            TrsmVisitor<T> visitor = new() { Team = team, Alpha = alpha, Arguments = Arguments(triangle, pa, a, pb, b) };
            if (b.Rows <= SmallTriangle.LargestOrder)
            {
                visitor.RunSmall();
                return;
            }

            using BufferLease<T> lease = pool.Rent(workspaceLength);
            fixed (T* workspace = lease.Span)
            {
                visitor.Workspace = workspace;
                Isa.Dispatch<T, TrsmVisitor<T>>(ref visitor);
            }
        }
    }

    /// <summary>Both solves at once where the right-hand sides are staged in any case and no team might want them.</summary>
    public void Potrs(in ReadOnlyMatrixSpan<T> l, in MatrixSpan<T> b)
    {
        if (b.Rows > SmallTriangle.LargestOrder || team is not null)
        {
            Trsm(Triangle.Lower, T.One, l, b);
            Trsm(Triangle.Upper, T.One, l.Transpose(), b);
            return;
        }

        fixed (T* pl = l, pb = b)
        {
            PotrsVisitor<T> visitor = new() { Arguments = Arguments(Triangle.Lower, pl, l, pb, b) };
            visitor.RunSmall();
        }
    }

    /// <summary>Factors the matrix whose pinned first element is <paramref name="first"/>.</summary>
    public int Potrf(T* first, in MatrixSpan<T> a)
    {
        PotrfVisitor<T> visitor = new() { N = a.Rows, A = first, Row = a.RowStride, Column = a.ColumnStride, Team = team };
        if (a.Rows <= SmallTriangle.LargestOrder)
        {
            visitor.RunSmall();
            return visitor.Info;
        }

        using BufferLease<T> lease = pool.Rent(workspaceLength);
        fixed (T* workspace = lease.Span)
        {
            visitor.Workspace = workspace;
            Isa.Dispatch<T, PotrfVisitor<T>>(ref visitor);
            return visitor.Info;
        }
    }

    private static TrsmArguments<T> Arguments(Triangle triangle, T* pa, in ReadOnlyMatrixSpan<T> a, T* pb, in MatrixSpan<T> b) => new()
    {
        Triangle = triangle,
        N = b.Rows,
        M = b.Columns,
        A = pa,
        ARow = a.RowStride,
        AColumn = a.ColumnStride,
        B = pb,
        BRow = b.RowStride,
        BColumn = b.ColumnStride,
    };
}
