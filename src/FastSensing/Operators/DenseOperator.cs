using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Sampling;

namespace FastSensing.Operators;

/// <summary>
/// y_i = &lt;A_i, X&gt; with every A_i stored: any measurements of moderate size. Loss and gradient read the A_i once, so
/// they cost about half of a forward and an adjoint product.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the type the values are stored in and computed with.</typeparam>
/// <remarks>
/// <para>X = L R^T is formed in scratch, the kernel turns it into the residual and G = A*(res) in one pass, and two thin
/// products give the gradients. Storage: m n1 n2 elements in aligned rows, also beyond 2^31 of them.</para>
/// <para>Cost of a gradient: 4 m n1 n2 flops, bound by reading m n1 n2 elements. Sharable by threads. Dispose it after
/// its last use and that of its selections, which share its storage.</para>
/// </remarks>
public sealed class DenseOperator<T> : IMeasurementOperator<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);

    private readonly DenseStorage<T> _storage;
    private readonly int[]? _selection;
    private readonly T _largest;
    private readonly (T General, T Symmetric) _scale;

    private DenseOperator(IBlas<T> blas, DenseStorage<T> storage, T largest, int[]? selection = null)
    {
        Blas = blas;
        _storage = storage;
        _largest = largest;
        _selection = selection;
        _scale = DenseScale.Of(storage, selection, largest);
    }

    /// <inheritdoc/>
    public int Rows => _storage.Rows;

    /// <inheritdoc/>
    public int Columns => _storage.Columns;

    /// <inheritdoc/>
    public int MeasurementCount => _selection?.Length ?? _storage.Count;

    /// <inheritdoc/>
    public IBlas<T> Blas { get; }

    /// <summary>The operator of given matrices, copied.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1.</param>
    /// <param name="measurementCount">m >= 0.</param>
    /// <param name="values">A_0, A_1, ... by rows: m n1 n2 finite elements.</param>
    /// <exception cref="ArgumentException">Another number of elements, or one that is not finite.</exception>
    public static DenseOperator<T> FromRows(IBlas<T> blas, int rows, int columns, int measurementCount, ReadOnlySpan<T> values)
    {
        DenseStorage<T> storage = Allocate(blas, rows, columns, measurementCount);
        int length = rows * columns;
        if (values.Length != (long)length * measurementCount)
        {
            throw new ArgumentException(
                $"{measurementCount} matrices of {rows} x {columns} have {(long)length * measurementCount} elements; {values.Length} are given.",
                nameof(values));
        }

        for (int i = 0; i < measurementCount; i++)
        {
            values.Slice(i * length, length).CopyTo(storage[i]);
        }

        return Build(blas, storage);
    }

    /// <summary>The operator of matrices that a callback writes in place: for more than a span can hold.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1.</param>
    /// <param name="measurementCount">m >= 0.</param>
    /// <param name="fill">Writes A_i; called once for each i, in order.</param>
    /// <exception cref="ArgumentException">An element that is not finite.</exception>
    public static DenseOperator<T> Fill(IBlas<T> blas, int rows, int columns, int measurementCount, FillMeasurement<T> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        DenseStorage<T> storage = Allocate(blas, rows, columns, measurementCount);
        for (int i = 0; i < measurementCount; i++)
        {
            fill(i, storage[i]);
        }

        return Build(blas, storage);
    }

    /// <summary>Entries N(0, 1/m), independent: isometric on average. The same for a seed on every platform.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1.</param>
    /// <param name="measurementCount">m >= 0.</param>
    /// <param name="seed">Entry (j, k) of A_i is number (i n1 + j) n2 + k of this seed's normals, divided by sqrt(m).</param>
    public static DenseOperator<T> Gaussian(IBlas<T> blas, int rows, int columns, int measurementCount, ulong seed)
    {
        NormalGenerator generator = new(seed);
        DenseStorage<T> storage = Allocate(blas, rows, columns, measurementCount);
        T deviation = T.CreateTruncating(1.0 / Math.Sqrt(measurementCount));
        ulong length = (ulong)rows * (ulong)columns;
        for (int i = 0; i < measurementCount; i++)
        {
            generator.Normals((ulong)i * length, storage[i]);
            Level1.Scal(deviation, storage[i]);
        }

        return Build(blas, storage);
    }

    /// <summary>Copies A_i.</summary>
    /// <param name="index">0 &lt;= i &lt; m.</param>
    /// <param name="destination">A_i by rows, n1 n2 elements, overwritten.</param>
    public void CopyMeasurement(int index, Span<T> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MeasurementCount);
        _storage[_selection is null ? index : _selection[index]].CopyTo(destination);
        GC.KeepAlive(_storage);
    }

    /// <inheritdoc/>
    public T ScaleFor(MatrixStructure structure)
    {
        if (structure == MatrixStructure.General)
        {
            return _scale.General;
        }

        OperatorShapes.RequireSquare(this, nameof(ScaleFor));
        return _scale.Symmetric;
    }

    /// <inheritdoc/>
    public int ScratchLength(int width) =>
        OperatorShapes.RequireStorable(this, width, (2L * Scratch<T>.LengthOf(Rows, Columns)) + Scratch<T>.LengthOf(Rows, width));

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        Scratch<T> pieces = new(scratch);
        DenseSensing.Forward(_storage.Select(_selection), Product(at, ref pieces), y);
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        Scratch<T> pieces = new(scratch);
        AdjointInScratch(z, ref pieces).CopyTo(x);
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        Scratch<T> pieces = new(scratch);
        MultiplyBy(at, AdjointInScratch(z, ref pieces), productLeft, productRight);
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
        T squared = ResidualAdjoint(at, measurements, residual, scratch, out MatrixSpan<T> g);
        MultiplyBy(at, g, gradientLeft, gradientRight);
        return s_half * squared;
    }

    /// <inheritdoc/>
    public T LossAndMatrixGradient(
        in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireLossAndMatrixGradient(this, at, measurements, residual, x, scratch);
        T squared = ResidualAdjoint(at, measurements, residual, scratch, out MatrixSpan<T> g);
        g.CopyTo(x);
        return s_half * squared;
    }

    /// <inheritdoc/>
    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        OperatorShapes.RequireSymmetric(this, factor, measurements, residual, gradient, scratch);
        FactorPair<T> at = new(factor, factor);
        T squared = ResidualAdjoint(at, measurements, residual, scratch, out MatrixSpan<T> g);
        Blas.SymmetricPartTimes(g, factor, gradient);
        return s_half * s_half * squared;
    }

    /// <inheritdoc/>
    /// <remarks>Shares the storage: it must not be used after this operator's <see cref="Dispose"/>.</remarks>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        OperatorShapes.RequireSelection(measurements, MeasurementCount);
        return new DenseOperator<T>(Blas, _storage, _largest, OperatorShapes.Compose(_selection, measurements));
    }

    /// <summary>Releases the storage; does nothing for a selection, which only borrows it.</summary>
    public void Dispose()
    {
        if (_selection is null)
        {
            _storage.Dispose();
        }
    }

    private static DenseStorage<T> Allocate(IBlas<T> blas, int rows, int columns, int measurementCount)
    {
        ArgumentNullException.ThrowIfNull(blas);
        OperatorShapes.RequireSize(rows, columns, measurementCount);
        OperatorShapes.RequireStorable(rows, columns);
        return new DenseStorage<T>(rows, columns, measurementCount);
    }

    private static DenseOperator<T> Build(IBlas<T> blas, DenseStorage<T> storage) =>
        new(blas, storage, DenseScale.LargestMagnitude(storage));

    private T ResidualAdjoint(
        in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, Span<T> scratch, out MatrixSpan<T> g)
    {
        Scratch<T> pieces = new(scratch);
        Span<T> adjoint = pieces.Take(Rows * Columns);
        g = new MatrixSpan<T>(adjoint, Rows, Columns);
        return DenseSensing.ResidualAdjoint(_storage.Select(_selection), Product(at, ref pieces), measurements, residual, adjoint);
    }

    /// <summary>L R^T by rows, in scratch.</summary>
    private Span<T> Product(in FactorPair<T> at, ref Scratch<T> pieces)
    {
        Span<T> x = pieces.Take(Rows * Columns);
        Blas.Gemm(T.One, at.Left, at.Right.Transpose(), T.Zero, new MatrixSpan<T>(x, Rows, Columns));
        return x;
    }

    private MatrixSpan<T> AdjointInScratch(ReadOnlySpan<T> z, ref Scratch<T> pieces)
    {
        Span<T> g = pieces.Take(Rows * Columns);
        DenseSensing.Adjoint(_storage.Select(_selection), z, g);
        return new MatrixSpan<T>(g, Rows, Columns);
    }

    /// <summary>left &#8592; G R and right &#8592; G^T L.</summary>
    private void MultiplyBy(in FactorPair<T> at, MatrixSpan<T> g, MatrixSpan<T> left, MatrixSpan<T> right) =>
        Blas.GemmBothSides(T.One, g, at.Right, at.Left, T.Zero, left, right);
}
