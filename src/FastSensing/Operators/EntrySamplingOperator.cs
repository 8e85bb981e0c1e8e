using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;

namespace FastSensing.Operators;

/// <summary>
/// y_e = X_ij for the given entries e = (i, j): matrix completion. Every member but <see cref="Adjoint"/> works on the entries
/// alone and never forms an n1 x n2 matrix.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Entries are kept by rows (CSR); measurement e stays the e-th given entry. Factors are copied to rows of whole
/// cache lines in scratch, so that no inner loop has a remainder.</para>
/// <para>Cost of a gradient: 6 m k flops, two rows of factors read and two of gradients updated an entry. Sharable by threads.</para>
/// </remarks>
public sealed class EntrySamplingOperator<T> : IMeasurementOperator<T>, IEntryMeasurements
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_half = T.CreateTruncating(0.5);

    private readonly SampledEntries _entries;
    private readonly T _generalScale;
    private readonly T _symmetricScale;

    /// <summary>The operator that reads the given entries.</summary>
    /// <param name="blas">Kept for methods that ask the operator for it; entries need no dense routine.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1.</param>
    /// <param name="rowIndices">i of each entry.</param>
    /// <param name="columnIndices">j of each entry.</param>
    /// <exception cref="ArgumentException">Two lengths; an entry outside the shape or given twice, which the message names.</exception>
    public EntrySamplingOperator(IBlas<T> blas, int rows, int columns, ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices)
    {
        ArgumentNullException.ThrowIfNull(blas);
        OperatorShapes.RequireSize(rows, columns, rowIndices.Length);
        Blas = blas;
        _entries = new SampledEntries(rows, columns, rowIndices, columnIndices);
        double squares = _entries.Count;
        double symmetricSquares = 0.5 * (squares + _entries.CountOnDiagonal());
        _generalScale = T.CreateTruncating(Math.Sqrt(squares / ((double)rows * columns)));
        _symmetricScale = T.CreateTruncating(Math.Sqrt(symmetricSquares / (rows * (rows + 1.0) / 2.0)));
    }

    /// <inheritdoc/>
    public int Rows => _entries.Rows;

    /// <inheritdoc/>
    public int Columns => _entries.Columns;

    /// <inheritdoc/>
    public int MeasurementCount => _entries.Count;

    /// <inheritdoc/>
    public IBlas<T> Blas { get; }

    /// <inheritdoc/>
    /// <remarks>The square root of the sampled fraction; in symmetric problems an entry off the diagonal counts half.</remarks>
    public T ScaleFor(MatrixStructure structure)
    {
        if (structure == MatrixStructure.General)
        {
            return _generalScale;
        }

        OperatorShapes.RequireSquare(this, nameof(ScaleFor));
        return _symmetricScale;
    }

    /// <inheritdoc/>
    public int ScratchLength(int width)
    {
        int padded = Scratch<T>.LengthOf(width);
        long thin = (long)Scratch<T>.LengthOf(Rows, padded) + Scratch<T>.LengthOf(Columns, padded);
        return OperatorShapes.RequireStorable(this, width, (2 * thin) + Scratch<T>.LengthOf(Rows, width));
    }

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        int width = Scratch<T>.LengthOf(at.Width);
        Scratch<T> pieces = new(scratch);
        EntryArguments<T> call = new()
        {
            Entries = _entries,
            Width = width,
            Left = Pad(at.Left, pieces.Take(Scratch<T>.LengthOf(Rows, width))),
            Right = Pad(at.Right, pieces.Take(Scratch<T>.LengthOf(Columns, width))),
            Output = y,
        };
        EntrySensing.Forward(call);
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        x.Fill(T.Zero);
        for (int i = 0; i < Rows; i++)
        {
            for (int e = _entries.RowStart[i]; e < _entries.RowStart[i + 1]; e++)
            {
                x[i, _entries.Column[e]] = z[_entries.Order[e]];
            }
        }
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        EntryArguments<T> call = Arguments(at, z, default, scratch);
        EntrySensing.Adjoint(call);
        Unpad(call.ProductLeft, productLeft);
        Unpad(call.ProductRight, productRight);
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
        EntryArguments<T> call = Arguments(at, measurements, residual, scratch);
        T squared = EntrySensing.ResidualAdjoint(call);
        Unpad(call.ProductLeft, gradientLeft);
        Unpad(call.ProductRight, gradientRight);
        return s_half * squared;
    }

    /// <inheritdoc/>
    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        OperatorShapes.RequireSymmetric(this, factor, measurements, residual, gradient, scratch);
        EntryArguments<T> call = Arguments(new FactorPair<T>(factor, factor), measurements, residual, scratch);
        T squared = EntrySensing.ResidualAdjoint(call);
        Level1.Axpy<T>(T.One, call.ProductRight, call.ProductLeft);
        Level1.Scal(s_half, call.ProductLeft);
        Unpad(call.ProductLeft, gradient);
        return s_half * s_half * squared;
    }

    /// <inheritdoc/>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        OperatorShapes.RequireSelection(measurements, MeasurementCount);
        int[] allRows = new int[MeasurementCount];
        int[] allColumns = new int[MeasurementCount];
        _entries.CopyPositionsTo(allRows, allColumns);
        int[] rows = new int[measurements.Length];
        int[] columns = new int[measurements.Length];
        for (int e = 0; e < measurements.Length; e++)
        {
            rows[e] = allRows[measurements[e]];
            columns[e] = allColumns[measurements[e]];
        }

        return new EntrySamplingOperator<T>(Blas, Rows, Columns, rows, columns);
    }

    void IEntryMeasurements.CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices) =>
        _entries.CopyPositionsTo(rowIndices, columnIndices);

    private EntryArguments<T> Arguments(in FactorPair<T> at, ReadOnlySpan<T> input, Span<T> output, Span<T> scratch)
    {
        int width = Scratch<T>.LengthOf(at.Width);
        Scratch<T> pieces = new(scratch);
        return new EntryArguments<T>
        {
            Entries = _entries,
            Width = width,
            Left = Pad(at.Left, pieces.Take(Scratch<T>.LengthOf(Rows, width))),
            Right = Pad(at.Right, pieces.Take(Scratch<T>.LengthOf(Columns, width))),
            Input = input,
            Output = output,
            ProductLeft = pieces.Take(Scratch<T>.LengthOf(Rows, width)),
            ProductRight = pieces.Take(Scratch<T>.LengthOf(Columns, width)),
        };
    }

    /// <summary>Copies a factor to rows of whole cache lines, filled up with zeros.</summary>
    private static Span<T> Pad(ReadOnlyMatrixSpan<T> factor, Span<T> padded)
    {
        int width = Scratch<T>.LengthOf(factor.Columns);
        padded.Clear();
        factor.CopyTo(new MatrixSpan<T>(padded, factor.Rows, width).Slice(0, 0, factor.Rows, factor.Columns));
        return padded;
    }

    private static void Unpad(ReadOnlySpan<T> padded, MatrixSpan<T> destination)
    {
        int width = Scratch<T>.LengthOf(destination.Columns);
        ReadOnlyMatrixSpan<T> view = new(padded, destination.Rows, width);
        view.Slice(0, 0, destination.Rows, destination.Columns).CopyTo(destination);
    }
}
