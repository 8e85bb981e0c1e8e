using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>
/// P &#8592; alpha G R + beta P and Q &#8592; alpha G^T L + beta Q, block by block of G: the second product finds the block
/// in the second-level cache, where the first has left it.
/// </summary>
/// <remarks>The blocks, and with them the order of the sums, are a function of shape and strides alone.</remarks>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="blas">What forms the products of a block.</param>
/// <param name="alpha">Factor of the products.</param>
/// <param name="beta">Factor of the old P and Q.</param>
internal readonly struct GradientSweep<T>(IBlas<T> blas, T alpha, T beta)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Half of a 1 MiB second-level cache.</summary>
    private const int BlockBytes = 512 << 10;

    /// <summary>
    /// A block has so many rows that Gemm reads its transpose in place, 64 x 1024 of double: shorter ones write Q too often,
    /// taller ones get packed. For very few columns each block of Q costs a transposition, so there blocks are square. Measured at
    /// n = 200..2000.
    /// </summary>
    private const int BlockRows = 64;
    private const int FewColumns = 5;
    private const int BlockRowsForFewColumns = 256;

    /// <summary>Forms both products.</summary>
    public void Run(ReadOnlyMatrixSpan<T> g, ReadOnlyMatrixSpan<T> right, ReadOnlyMatrixSpan<T> left, MatrixSpan<T> p, MatrixSpan<T> q)
    {
        BlasChecks.GemmBothSides(g, right, left, p, q);
        if (g.Rows == 0 || g.Columns == 0 || T.IsInfinity(alpha))
        {
            // Nothing to sweep, or a factor that must meet finished sums.
            blas.Gemm(alpha, g, right, beta, p);
            blas.Gemm(alpha, g.Transpose(), left, beta, q);
        }
        else if (g.RowStride < g.ColumnStride)
        {
            // The contiguous lines of G are its columns.
            Sweep(g.Transpose(), left, right, q, p);
        }
        else
        {
            Sweep(g, right, left, p, q);
        }
    }

    /// <summary>P &#8592; alpha (G + G^T) U + P, for a square G and a P that overlaps neither.</summary>
    public static void AddSymmetric(IBlas<T> blas, T alpha, ReadOnlyMatrixSpan<T> g, ReadOnlyMatrixSpan<T> u, MatrixSpan<T> p) =>
        new GradientSweep<T>(blas, alpha, T.One).Sweep(g, u, u, p, p);

    private void Sweep(ReadOnlyMatrixSpan<T> g, ReadOnlyMatrixSpan<T> right, ReadOnlyMatrixSpan<T> left, MatrixSpan<T> p, MatrixSpan<T> q)
    {
        int blockRows = p.Columns <= FewColumns ? BlockRowsForFewColumns : BlockRows;
        int blockColumns = BlockBytes / blockRows / Unsafe.SizeOf<T>();
        for (int i = 0; i < g.Rows; i += blockRows)
        {
            int rows = Math.Min(blockRows, g.Rows - i);
            for (int j = 0; j < g.Columns; j += blockColumns)
            {
                int columns = Math.Min(blockColumns, g.Columns - j);
                ReadOnlyMatrixSpan<T> block = g.Slice(i, j, rows, columns);
                blas.Gemm(alpha, block, right.Slice(j, 0, columns, right.Columns), j == 0 ? beta : T.One, p.Slice(i, 0, rows, p.Columns));
                blas.Gemm(alpha, block.Transpose(), left.Slice(i, 0, rows, left.Columns), i == 0 ? beta : T.One, q.Slice(j, 0, columns, q.Columns));
            }
        }
    }
}
