using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// A = sum_i values_i u_i v_i^T, all triplets or those above a cut, for dense matrices of medium size: the eigenvectors of
/// the smaller Gram matrix turn A into nearly orthogonal rows, and one-sided Jacobi rotations do the rest.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>The Gram matrix alone would lose every singular value below sqrt(eps) sigma_1; the rotations bring the accuracy
/// back, and need one or two sweeps only because nearly all was done before.</para>
/// <para>Cost: about 4 n k^2 + 14 k^3 flops and 6 n p^2 a sweep, with k = min(n1, n2) and p triplets above the cut.
/// Allocation: at construction only.</para>
/// <para>Reference: Drmac, Veselic 2008, for Jacobi rotations after a preconditioner.</para>
/// </remarks>
internal sealed class DenseSvd<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBlas<T> _blas;
    private readonly AlignedBuffer<T> _memory;
    private readonly T[] _values;
    private readonly T[] _work;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _small;
    private readonly int _large;

    public DenseSvd(IBlas<T> blas, int rows, int columns)
    {
        _blas = blas;
        (_rows, _columns) = (rows, columns);
        (_small, _large) = (Math.Min(rows, columns), Math.Max(rows, columns));
        _values = new T[_small];
        _work = new T[2 * _small];
        _memory = new AlignedBuffer<T>((2 * (nint)Scratch<T>.LengthOf(_small, _large)) + (3 * (nint)Scratch<T>.LengthOf(_small, _small)));
    }

    /// <summary>Triplets that the last call found.</summary>
    public int Count { get; private set; }

    /// <summary>Singular values, descending; the first <see cref="Count"/> of them.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>Row i is u_i, length n1.</summary>
    public ReadOnlyMatrixSpan<T> Left => _rows >= _columns ? Cut(Pieces().Rotated) : Cut(Pieces().Gram);

    /// <summary>Row i is v_i, length n2.</summary>
    public ReadOnlyMatrixSpan<T> Right => _rows >= _columns ? Cut(Pieces().Gram) : Cut(Pieces().Rotated);

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">n1 x n2, finite.</param>
    /// <param name="cut">Triplets with sigma_i of at most this are left out; negative for all.</param>
    public void Decompose(ReadOnlyMatrixSpan<T> matrix, T cut)
    {
        Blocks blocks = Pieces();
        (_rows >= _columns ? matrix.Transpose() : matrix).CopyTo(blocks.Rows);
        Span<T> elements = blocks.Elements;
        int exponent = PowerOfTwo.Exponent<T>(elements);
        PowerOfTwo.Scale(elements, -exponent);
        cut = T.ScaleB(cut, -exponent);
        _blas.Gemm(T.One, blocks.Rows, blocks.Rows.AsReadOnly().Transpose(), T.Zero, blocks.Gram);
        SymmetricEvd.Decompose(blocks.Gram, _values.AsSpan(), _work.AsSpan(), blocks.Vectors);
        _blas.Gemm(T.One, blocks.Vectors, blocks.Rows, T.Zero, blocks.Rotated);

        // Rows come in descending order but for rounding; a value is at most the norm of its row and of those mixed with it.
        int kept = RowsAbove(blocks.Rotated, cut * T.CreateTruncating(0.5));
        MatrixSpan<T> rotations = new(blocks.Rotations[..(kept * kept)], kept, kept);
        JacobiSvd.Decompose(blocks.Rotated.Slice(0, 0, kept, _large), _values.AsSpan(0, kept), rotations);
        Count = kept;
        while (Count > 0 && !(_values[Count - 1] > cut))
        {
            Count--;
        }

        PowerOfTwo.Scale(_values.AsSpan(0, kept), exponent);
        _blas.Gemm(T.One, rotations, blocks.Vectors.Slice(0, 0, kept, _small), T.Zero, blocks.Gram.Slice(0, 0, kept, _small));
    }

    public void Dispose() => _memory.Dispose();

    private static int RowsAbove(MatrixSpan<T> rows, T cut)
    {
        int count = rows.Rows;
        while (count > 0 && Level1.Nrm2<T>(rows.Row(count - 1)) <= cut)
        {
            count--;
        }

        return count;
    }

    private ReadOnlyMatrixSpan<T> Cut(MatrixSpan<T> vectors) => vectors.Slice(0, 0, Count, vectors.Columns);

    private Blocks Pieces()
    {
        Scratch<T> pieces = new(_memory.Span);
        Span<T> elements = pieces.Take(_small * _large);
        return new Blocks
        {
            Elements = elements,
            Rows = new MatrixSpan<T>(elements, _small, _large),
            Rotated = pieces.TakeMatrix(_small, _large),
            Gram = pieces.TakeMatrix(_small, _small),
            Vectors = pieces.TakeMatrix(_small, _small),
            Rotations = pieces.Take(_small * _small),
        };
    }

    private ref struct Blocks
    {
        public Span<T> Elements;
        public MatrixSpan<T> Rows;
        public MatrixSpan<T> Rotated;
        public MatrixSpan<T> Gram;
        public MatrixSpan<T> Vectors;
        public Span<T> Rotations;
    }
}
