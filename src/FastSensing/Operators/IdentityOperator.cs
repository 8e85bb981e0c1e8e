using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// A(X) = vec(X) by rows: every entry is measured, m = n1 n2, so that sensing becomes matrix factorisation. Nothing is
/// stored; loss and gradient are three matrix products.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost of a gradient: 6 n1 n2 k flops. Sharable by threads.</remarks>
public sealed class IdentityOperator<T> : IMeasurementOperator<T>, IEntryMeasurements
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries of X whose residual and products are computed in one go.</summary>
    private const int BandElements = 1 << 15;

    private static readonly T s_half = T.CreateTruncating(0.5);

    /// <summary>The identity on rows x columns matrices.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1; n1 n2 must be a legal array length.</param>
    public IdentityOperator(IBlas<T> blas, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(blas);
        OperatorShapes.RequireSize(rows, columns, 0);
        OperatorShapes.RequireStorable(rows, columns);
        Blas = blas;
        Rows = rows;
        Columns = columns;
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public int MeasurementCount => Rows * Columns;

    /// <inheritdoc/>
    public IBlas<T> Blas { get; }

    /// <inheritdoc/>
    /// <remarks>1 for both structures.</remarks>
    public T ScaleFor(MatrixStructure structure)
    {
        if (structure == MatrixStructure.Symmetric)
        {
            OperatorShapes.RequireSquare(this, nameof(ScaleFor));
        }

        return T.One;
    }

    /// <inheritdoc/>
    /// <remarks>No member here needs any; the default of the symmetric gradient needs one thin matrix.</remarks>
    public int ScratchLength(int width) => Scratch<T>.LengthOf(Rows, width);

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        Blas.Gemm(T.One, at.Left, at.Right.Transpose(), T.Zero, AsMatrix(y));
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        AsMatrix(z).CopyTo(x);
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        Blas.GemmBothSides(T.One, AsMatrix(z), at.Right, at.Left, T.Zero, productLeft, productRight);
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
        gradientLeft.Fill(T.Zero);
        gradientRight.Fill(T.Zero);
        MatrixSpan<T> g = AsMatrix(residual);
        int band = Math.Max(8, BandElements / Columns & ~7);
        T squared = T.Zero;
        for (int row = 0; row < Rows; row += band)
        {
            // The band is still in the second-level cache when the products read it.
            int rows = Math.Min(band, Rows - row);
            ReadOnlyMatrixSpan<T> left = at.Left.Slice(row, 0, rows, at.Width);
            Span<T> entries = residual.Slice(row * Columns, rows * Columns);
            measurements.Slice(row * Columns, entries.Length).CopyTo(entries);
            MatrixSpan<T> part = g.Slice(row, 0, rows, Columns);
            Blas.Gemm(T.One, left, at.Right.Transpose(), -T.One, part);
            squared += Level1.Dot<T>(entries, entries);
            Blas.GemmBothSides(T.One, part, at.Right, left, T.One, gradientLeft.Slice(row, 0, rows, at.Width), gradientRight);
        }

        return s_half * squared;
    }

    /// <inheritdoc/>
    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        OperatorShapes.RequireSymmetric(this, factor, measurements, residual, gradient, scratch);
        T squared = Residual(new FactorPair<T>(factor, factor), measurements, residual);
        Blas.SymmetricPartTimes(AsMatrix(residual), factor, gradient);
        return s_half * s_half * squared;
    }

    /// <inheritdoc/>
    /// <remarks>The selected entries alone: an <see cref="EntrySamplingOperator{T}"/>.</remarks>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        OperatorShapes.RequireSelection(measurements, MeasurementCount);
        int[] rows = new int[measurements.Length];
        int[] columns = new int[measurements.Length];
        for (int e = 0; e < measurements.Length; e++)
        {
            (rows[e], columns[e]) = Math.DivRem(measurements[e], Columns);
        }

        return new EntrySamplingOperator<T>(Blas, Rows, Columns, rows, columns);
    }

    void IEntryMeasurements.CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices)
    {
        for (int e = 0; e < MeasurementCount; e++)
        {
            (rowIndices[e], columnIndices[e]) = Math.DivRem(e, Columns);
        }
    }

    /// <summary>residual &#8592; vec(L R^T) - y; returns ||residual||^2.</summary>
    private T Residual(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual)
    {
        measurements.CopyTo(residual);
        Blas.Gemm(T.One, at.Left, at.Right.Transpose(), -T.One, AsMatrix(residual));
        return Level1.Dot<T>(residual, residual);
    }

    private MatrixSpan<T> AsMatrix(Span<T> y) => new(y, Rows, Columns);

    private ReadOnlyMatrixSpan<T> AsMatrix(ReadOnlySpan<T> z) => new(z, Rows, Columns);
}
