using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// The leading r singular triplets of a dense matrix by block subspace iteration, V &#8592; orth(A^T orth(A V)), with a
/// few columns more than asked for, started from vectors that are known to be near.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>A round multiplies the error of the subspace by (sigma_(r + extra + 1) / sigma_r)^2. In a loop whose matrices
/// approach one of rank r, started from the vectors of the step before, that is nearly nothing, and few rounds do.</para>
/// <para>Cost of a round: 4 n1 n2 b flops and 4 (n1 + n2) b^2, with b = r + 8. Allocation: at construction only.</para>
/// <para>Reference: Golub and Van Loan, Matrix Computations, section 8.2.4; Halko, Martinsson, Tropp 2011.</para>
/// </remarks>
internal sealed class SubspaceIteration<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ExtraColumns = 8;

    private readonly IBlas<T> _blas;
    private readonly AlignedBuffer<T> _memory;
    private readonly T[] _values;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _rank;
    private readonly int _block;

    /// <summary>For n1 x n2 matrices.</summary>
    /// <param name="blas">The dense routines.</param>
    /// <param name="rows">n1.</param>
    /// <param name="columns">n2.</param>
    /// <param name="rank">r, at most min(n1, n2).</param>
    public SubspaceIteration(IBlas<T> blas, int rows, int columns, int rank)
    {
        _blas = blas;
        (_rows, _columns, _rank) = (rows, columns, rank);
        _block = Math.Min(rank + ExtraColumns, Math.Min(rows, columns));
        _values = new T[_block];
        nint length = (nint)Scratch<T>.LengthOf(_block, rows) + Scratch<T>.LengthOf(_block, columns);
        _memory = new AlignedBuffer<T>((2 * length) + Scratch<T>.LengthOf(_block, _block));
    }

    /// <summary>Rows that a start has: r and the extra ones, at most min(n1, n2).</summary>
    public int Block => _block;

    /// <summary>sigma_1, ..., sigma_r, descending.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, _rank);

    /// <summary>Row i is u_i, length n1.</summary>
    public ReadOnlyMatrixSpan<T> Left => Pieces().Left.Slice(0, 0, _rank, _rows);

    /// <summary>Row i is v_i, length n2.</summary>
    public ReadOnlyMatrixSpan<T> Right => Pieces().Image.Slice(0, 0, _rank, _columns);

    /// <summary>
    /// Where a call begins: <see cref="Block"/> rows of length n2 that its caller writes before. Zero rows, and rows that
    /// depend on those before them, are replaced by the rows given to the call.
    /// </summary>
    public MatrixSpan<T> Start => Pieces().Iterate;

    /// <summary>Decomposes a matrix from <see cref="Start"/>, which it overwrites.</summary>
    /// <param name="matrix">n1 x n2.</param>
    /// <param name="spare">Block x n2 rows in general position, for rows of the start that are of no use.</param>
    /// <param name="rounds">Rounds, at least 1.</param>
    public void Decompose(ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> spare, int rounds)
    {
        Blocks blocks = Pieces();
        RowOperations.Orthonormalize(blocks.Iterate);
        for (int i = 0; i < _block; i++)
        {
            if (Level1.Dot<T>(blocks.Iterate.Row(i), blocks.Iterate.Row(i)) == T.Zero)
            {
                spare.Row(i).CopyTo(blocks.Iterate.Row(i));
            }
        }

        RowOperations.Orthonormalize(blocks.Iterate);
        for (int round = 0; round < rounds; round++)
        {
            _blas.Gemm(T.One, blocks.Iterate, matrix.Transpose(), T.Zero, blocks.Basis);
            RowOperations.Orthonormalize(blocks.Basis);
            _blas.Gemm(T.One, blocks.Basis, matrix, T.Zero, blocks.Image);
            blocks.Image.CopyTo(blocks.Iterate);
            RowOperations.Orthonormalize(blocks.Iterate);
        }

        // The matrix seen from the space of the last left vectors: a thin one, decomposed to full accuracy.
        JacobiSvd.Decompose(blocks.Image, _values.AsSpan(), blocks.Rotations);
        _blas.Gemm(T.One, blocks.Rotations, blocks.Basis, T.Zero, blocks.Left);
    }

    public void Dispose() => _memory.Dispose();

    private Blocks Pieces()
    {
        Scratch<T> pieces = new(_memory.Span);
        return new Blocks
        {
            Left = pieces.TakeMatrix(_block, _rows),
            Iterate = pieces.TakeMatrix(_block, _columns),
            Image = pieces.TakeMatrix(_block, _columns),
            Basis = pieces.TakeMatrix(_block, _rows),
            Rotations = pieces.TakeMatrix(_block, _block),
        };
    }

    private ref struct Blocks
    {
        public MatrixSpan<T> Left;
        public MatrixSpan<T> Iterate;
        public MatrixSpan<T> Image;
        public MatrixSpan<T> Basis;
        public MatrixSpan<T> Rotations;
    }
}
