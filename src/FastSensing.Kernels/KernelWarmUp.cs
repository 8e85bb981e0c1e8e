using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels;

/// <summary>Small calls that between them compile everything that a later call can need.</summary>
internal static class KernelWarmUp
{
    /// <summary>Makes the calls.</summary>
    /// <param name="blas">Who is to be warm.</param>
    public static void Run<T>(ManagedBlas<T> blas)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Size = 144;
        using AlignedBuffer<T> memory = new(3 * Size * Size);
        Scratch<T> pieces = new(memory.Span);
        MatrixSpan<T> a = pieces.TakeMatrix(Size, Size);
        MatrixSpan<T> b = pieces.TakeMatrix(Size, Size);
        MatrixSpan<T> c = pieces.TakeMatrix(Size, Size);

        // Every tile: each number of rows and columns.
        for (int rows = 1; rows <= 8; rows++)
        {
            for (int columns = 1; columns <= Isa.PanelColumns<T>(); columns++)
            {
                blas.Gemm(T.One, a.Slice(0, 0, rows, 2), b.Slice(0, 0, 2, columns), T.Zero, c.Slice(0, 0, rows, columns));
            }
        }

        // The sums along K, with every number of rows and columns.
        for (int columns = 1; columns <= 3; columns++)
        {
            blas.Gemm(T.One, a.Slice(0, 0, 15, 128), b.Slice(0, 0, 128, columns), T.Zero, c.Slice(0, 0, 15, columns));
            blas.Gemm(T.One, a.Slice(0, 0, 15, 127), b.Slice(0, 0, 127, columns), T.Zero, c.Slice(0, 0, 15, columns));
        }

        // Packing of both operands in either orientation, staging, and the triangular routines.
        blas.Gemm(T.One, a.Transpose(), b.Transpose(), T.Zero, c);
        blas.Gemm(T.One, a, b, T.Zero, c.Transpose());
        MatrixSpan<T> spread = new(memory.Span[(2 * Size * Size)..], 64, 64, 2 * Size, 2);
        blas.Gemm(T.One, a.Slice(0, 0, 64, 64), b.Slice(0, 0, 64, 64), T.Zero, spread);
        c.Fill(T.Zero);
        for (int i = 0; i < Size; i++)
        {
            c[i, i] = T.One;
        }

        blas.Syrk(T.One, a, T.One, c);
        blas.Potrf(c);
        ((IBlas<T>)blas).Potrs(c, b);
        ((IBlas<T>)blas).Potrs(c, b.Transpose());
        SmallTriangles(blas, c, b);
        blas.Gemv(T.One, a, b.Row(0), T.Zero, c.Row(0));
        blas.Gemv(T.One, a.Transpose(), b.Row(0), T.Zero, c.Row(0));
    }

    /// <summary>The triangular routines of every small order, and of each number of right-hand sides that a tile has.</summary>
    private static void SmallTriangles<T>(ManagedBlas<T> blas, MatrixSpan<T> identity, MatrixSpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int order = 1; order <= 17; order++)
        {
            MatrixSpan<T> l = identity.Slice(0, 0, order, order);
            blas.Potrf(l);
            blas.Potrf(l.Transpose());
            for (int columns = 1; columns <= Isa.PanelColumns<T>(); columns++)
            {
                ((IBlas<T>)blas).Potrs(l, b.Slice(0, 0, order, columns));
            }
        }
    }
}
