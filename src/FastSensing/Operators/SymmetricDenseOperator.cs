using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Sampling;

namespace FastSensing.Operators;

/// <summary>
/// y_i = &lt;A_i, X&gt; with symmetric A_i of which the lower triangles are stored: half the memory, and half the time of a
/// <see cref="DenseOperator{T}"/>, for problems where X = U U^T.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the type the values are stored in and computed with.</typeparam>
/// <remarks>
/// <para>&lt;A, X&gt; = sum_j a_jj x_jj + sum_(j &gt; k) a_jk (x_jk + x_kj): the kernel sees vectors of n (n + 1) / 2 elements, the
/// lower triangle of X + X^T with its own diagonal, and the lower triangle of A*(res).</para>
/// <para>Any X may be measured, symmetric or not; of matrices that are not symmetric the symmetric part (A_i + A_i^T) / 2
/// is stored, which for symmetric X changes nothing.</para>
/// <para>Cost of a gradient: 2 m n (n + 1) flops, bound by reading m n (n + 1) / 2 elements. Sharable by threads. Dispose it
/// after its last use and that of its selections, which share its storage.</para>
/// </remarks>
public sealed class SymmetricDenseOperator<T> : IMeasurementOperator<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);

    private readonly DenseStorage<T> _storage;
    private readonly int[]? _selection;
    private readonly T _largest;
    private readonly (T General, T Symmetric) _scale;

    private SymmetricDenseOperator(IBlas<T> blas, int size, DenseStorage<T> storage, T largest, int[]? selection = null)
    {
        Blas = blas;
        Rows = size;
        _storage = storage;
        _largest = largest;
        _selection = selection;
        _scale = DenseScale.OfTriangles(storage, size, selection, largest);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns => Rows;

    /// <inheritdoc/>
    public int MeasurementCount => _selection?.Length ?? _storage.Count;

    /// <inheritdoc/>
    public IBlas<T> Blas { get; }

    /// <summary>The operator of matrices that a callback writes one after the other; of each the symmetric part is kept.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="size">n >= 1.</param>
    /// <param name="measurementCount">m >= 0.</param>
    /// <param name="fill">Writes A_i by rows, n^2 elements; called once for each i, in order.</param>
    /// <exception cref="ArgumentException">An element that is not finite.</exception>
    public static SymmetricDenseOperator<T> Fill(IBlas<T> blas, int size, int measurementCount, FillMeasurement<T> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        DenseStorage<T> storage = Allocate(blas, size, measurementCount);
        T[] full = new T[size * size];
        T largest = T.Zero;
        for (int i = 0; i < measurementCount; i++)
        {
            fill(i, full);
            largest = T.Max(largest, DenseScale.LargestMagnitude<T>(full, size, i));
            PackedTriangle.PackSymmetricPart<T>(full, size, storage[i]);
        }

        return new SymmetricDenseOperator<T>(blas, size, storage, largest);
    }

    /// <summary>
    /// The symmetric Gaussian ensemble: diagonal entries N(0, 1/m), others N(0, 1/(2m)), independent: isometric on average
    /// for symmetric X. The same for a seed on every platform.
    /// </summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="size">n >= 1.</param>
    /// <param name="measurementCount">m >= 0.</param>
    /// <param name="seed">Element p of the lower triangle of A_i, by rows, is number i n (n + 1) / 2 + p of this seed's normals, times the deviation.</param>
    public static SymmetricDenseOperator<T> Gaussian(IBlas<T> blas, int size, int measurementCount, ulong seed)
    {
        NormalGenerator generator = new(seed);
        DenseStorage<T> storage = Allocate(blas, size, measurementCount);
        T beside = T.CreateTruncating(Math.Sqrt(0.5 / measurementCount));
        T diagonal = T.CreateTruncating(Math.Sqrt(1.0 / measurementCount));
        for (int i = 0; i < measurementCount; i++)
        {
            Span<T> triangle = storage[i];
            generator.Normals((ulong)i * (ulong)triangle.Length, triangle);
            PackedTriangle.Scale(triangle, size, beside, diagonal);
        }

        return new SymmetricDenseOperator<T>(blas, size, storage, DenseScale.LargestMagnitude(storage));
    }

    /// <summary>Copies A_i.</summary>
    /// <param name="index">0 &lt;= i &lt; m.</param>
    /// <param name="destination">A_i, n x n, overwritten.</param>
    public void CopyMeasurement(int index, MatrixSpan<T> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MeasurementCount);
        OperatorShapes.RequireMatrix<T>(this, nameof(CopyMeasurement), destination);
        PackedTriangle.Unpack(_storage[_selection is null ? index : _selection[index]], destination);
        GC.KeepAlive(_storage);
    }

    /// <inheritdoc/>
    public T ScaleFor(MatrixStructure structure) => structure == MatrixStructure.General ? _scale.General : _scale.Symmetric;

    /// <inheritdoc/>
    public int ScratchLength(int width) => OperatorShapes.RequireStorable(
        this, width, Scratch<T>.LengthOf(Rows, Rows) + (2L * Scratch<T>.LengthOf(PackedTriangle.Length(Rows))) + Scratch<T>.LengthOf(Rows, width));

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        Scratch<T> pieces = new(scratch);
        DenseSensing.Forward(_storage.Select(_selection), Product(at, isSymmetric: false, ref pieces, out _), y);
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        Scratch<T> pieces = new(scratch);
        Span<T> triangle = pieces.Take(PackedTriangle.Length(Rows));
        DenseSensing.Adjoint(_storage.Select(_selection), z, triangle);
        PackedTriangle.Unpack(triangle, x);
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        Scratch<T> pieces = new(scratch);
        MatrixSpan<T> g = new(pieces.Take(Rows * Rows), Rows, Rows);
        Adjoint(z, g, scratch[Scratch<T>.LengthOf(Rows, Rows)..]);
        Blas.GemmBothSides(T.One, g, at.Right, at.Left, T.Zero, productLeft, productRight);
    }

    /// <inheritdoc/>
    public T LossAndGradient(
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch)
    {
        OperatorShapes.RequireLossAndGradient(this, at, measurements, residual, gradientLeft, gradientRight, scratch);
        Scratch<T> pieces = new(scratch);
        Span<T> triangle = Product(at, isSymmetric: false, ref pieces, out MatrixSpan<T> g);
        T squared = ResidualAdjoint(triangle, measurements, residual, pieces, g);
        Blas.GemmBothSides(T.One, g, at.Right, at.Left, T.Zero, gradientLeft, gradientRight);
        return s_half * squared;
    }

    /// <inheritdoc/>
    public T LossAndMatrixGradient(
        in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireLossAndMatrixGradient(this, at, measurements, residual, x, scratch);
        Scratch<T> pieces = new(scratch);
        Span<T> triangle = Product(at, isSymmetric: false, ref pieces, out _);
        return s_half * ResidualAdjoint(triangle, measurements, residual, pieces, x);
    }

    /// <inheritdoc/>
    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        OperatorShapes.RequireSymmetric(this, factor, measurements, residual, gradient, scratch);
        Scratch<T> pieces = new(scratch);
        Span<T> triangle = Product(new FactorPair<T>(factor, factor), isSymmetric: true, ref pieces, out MatrixSpan<T> g);
        T squared = ResidualAdjoint(triangle, measurements, residual, pieces, g);
        Blas.Gemm(T.One, g, factor, T.Zero, gradient);
        return s_half * s_half * squared;
    }

    /// <inheritdoc/>
    /// <remarks>Shares the storage: it must not be used after this operator's <see cref="Dispose"/>.</remarks>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        OperatorShapes.RequireSelection(measurements, MeasurementCount);
        return new SymmetricDenseOperator<T>(Blas, Rows, _storage, _largest, OperatorShapes.Compose(_selection, measurements));
    }

    /// <summary>Releases the storage; does nothing for a selection, which only borrows it.</summary>
    public void Dispose()
    {
        if (_selection is null)
        {
            _storage.Dispose();
        }
    }

    private static DenseStorage<T> Allocate(IBlas<T> blas, int size, int measurementCount)
    {
        ArgumentNullException.ThrowIfNull(blas);
        OperatorShapes.RequireSize(size, size, measurementCount);
        OperatorShapes.RequireStorable(size, size);
        return new DenseStorage<T>(1, PackedTriangle.Length(size), measurementCount);
    }

    /// <summary>The residual and its squared norm, and G = A*(res) as a full matrix.</summary>
    private T ResidualAdjoint(
        ReadOnlySpan<T> triangle, ReadOnlySpan<T> measurements, Span<T> residual, Scratch<T> pieces, MatrixSpan<T> g)
    {
        Span<T> adjoint = pieces.Take(triangle.Length);
        T squared = DenseSensing.ResidualAdjoint(_storage.Select(_selection), triangle, measurements, residual, adjoint);
        PackedTriangle.Unpack(adjoint, g);
        return squared;
    }

    /// <summary>The lower triangle of L R^T + R L^T with the diagonal of L R^T, and n x n elements that are free after it, in scratch.</summary>
    private Span<T> Product(in FactorPair<T> at, bool isSymmetric, ref Scratch<T> pieces, out MatrixSpan<T> free)
    {
        free = new MatrixSpan<T>(pieces.Take(Rows * Rows), Rows, Rows);
        Span<T> triangle = pieces.Take(PackedTriangle.Length(Rows));
        if (isSymmetric)
        {
            Blas.Syrk(T.One, at.Left, T.Zero, free);
            PackedTriangle.PackTwice<T>(free, triangle);
        }
        else
        {
            Blas.Gemm(T.One, at.Left, at.Right.Transpose(), T.Zero, free);
            PackedTriangle.PackSum<T>(free, triangle);
        }

        return triangle;
    }
}
