using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Cli.Comparing;

/// <summary>Another operator, whose calls are counted: a forward call, an adjoint one, or a loss with its gradient is one.</summary>
internal class CountingOperator<T>(IMeasurementOperator<T> inner) : IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected IMeasurementOperator<T> Inner => inner;

    /// <summary>Calls so far.</summary>
    public long Calls { get; private set; }

    public int Rows => inner.Rows;

    public int Columns => inner.Columns;

    public int MeasurementCount => inner.MeasurementCount;

    public IBlas<T> Blas => inner.Blas;

    public T ScaleFor(MatrixStructure structure) => inner.ScaleFor(structure);

    public int ScratchLength(int width) => inner.ScratchLength(width);

    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        Calls++;
        inner.Forward(at, y, scratch);
    }

    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        Calls++;
        inner.Adjoint(z, x, scratch);
    }

    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        Calls++;
        inner.AdjointProducts(z, at, productLeft, productRight, scratch);
    }

    public T LossAndGradient(
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch)
    {
        Calls++;
        return inner.LossAndGradient(at, measurements, residual, gradientLeft, gradientRight, scratch);
    }

    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        Calls++;
        return inner.SymmetricLossAndGradient(factor, measurements, residual, gradient, scratch);
    }

    public T LossAndMatrixGradient(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
    {
        Calls++;
        return inner.LossAndMatrixGradient(at, measurements, residual, x, scratch);
    }

    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements) => new CountingOperator<T>(inner.Select(measurements));
}
