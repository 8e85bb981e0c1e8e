using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Solvers;

/// <summary>An operator of somebody who got a factor wrong: in ScaleFor, or in the adjoint.</summary>
internal sealed class MismadeOperator(IMeasurementOperator<double> inner, double scale, double adjoint) : IMeasurementOperator<double>
{
    public int Rows => inner.Rows;

    public int Columns => inner.Columns;

    public int MeasurementCount => inner.MeasurementCount;

    public IBlas<double> Blas => inner.Blas;

    public double ScaleFor(MatrixStructure structure) => scale * inner.ScaleFor(structure);

    public int ScratchLength(int width) => inner.ScratchLength(width);

    public void Forward(in FactorPair<double> at, Span<double> y, Span<double> scratch) => inner.Forward(at, y, scratch);

    public void Adjoint(ReadOnlySpan<double> z, MatrixSpan<double> x, Span<double> scratch) => inner.Adjoint(Wrong(z), x, scratch);

    public void AdjointProducts(
        ReadOnlySpan<double> z, in FactorPair<double> at, MatrixSpan<double> productLeft, MatrixSpan<double> productRight, Span<double> scratch) =>
        inner.AdjointProducts(Wrong(z), at, productLeft, productRight, scratch);

    public IMeasurementOperator<double> Select(ReadOnlySpan<int> measurements) => new MismadeOperator(inner.Select(measurements), scale, adjoint);

    private double[] Wrong(ReadOnlySpan<double> z) => Array.ConvertAll(z.ToArray(), value => adjoint * value);
}
