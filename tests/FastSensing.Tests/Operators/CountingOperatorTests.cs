using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Each call counts once, under its kind; an operator that reads entries still says so.</summary>
public sealed class CountingOperatorTests
{
    private static readonly ManagedBlas<double> s_blas = new();

    [Fact]
    public void Calls_AreCountedByKindAndForgottenByReset()
    {
        using DenseOperator<double> dense = DenseOperator<double>.Gaussian(s_blas, 3, 3, 4, 1);
        CountingOperator<double> op = CountingOperator<double>.Around(dense);
        double[] y = new double[4];
        double[] x = new double[9];
        double[] scratch = new double[op.ScratchLength(1)];
        (double[] left, double[] right) = (new double[3], new double[3]);
        ReadOnlyMatrixSpan<double> factor = new([1, 2, 3], 3, 1);
        FactorPair<double> at = new(factor, factor);
        op.Forward(at, y, scratch);
        op.Adjoint(y, new MatrixSpan<double>(x, 3, 3), scratch);
        op.AdjointProducts(y, at, new MatrixSpan<double>(left, 3, 1), new MatrixSpan<double>(right, 3, 1), scratch);
        op.LossAndGradient(at, y, new double[4], new MatrixSpan<double>(left, 3, 1), new MatrixSpan<double>(right, 3, 1), scratch);
        op.SymmetricLossAndGradient(factor, y, new double[4], new MatrixSpan<double>(left, 3, 1), scratch);
        op.LossAndMatrixGradient(at, y, new double[4], new MatrixSpan<double>(x, 3, 3), scratch);
        Assert.Equal((3, 1, 2, 6), (op.Gradients, op.Forwards, op.Adjoints, op.Calls));
        Assert.True(op.Seconds > 0);
        op.Reset();
        Assert.Equal((0, 0, 0, 0), (op.Gradients, op.Forwards, op.Adjoints, op.Calls));
        Assert.Equal(0, op.Seconds);
    }

    [Fact]
    public void Around_KeepsWhetherMeasurementsAreEntries()
    {
        using DenseOperator<double> dense = DenseOperator<double>.Gaussian(s_blas, 3, 3, 4, 1);
        Assert.False(CountingOperator<double>.Around(dense) is IEntryMeasurements);
        CountingOperator<double> entries = CountingOperator<double>.Around(new EntrySamplingOperator<double>(s_blas, 3, 3, [2, 0], [1, 2]));
        int[] rows = new int[1];
        int[] columns = new int[1];
        Assert.IsAssignableFrom<IEntryMeasurements>(entries.Select([1])).CopyPositionsTo(rows, columns);
        Assert.Equal((0, 2), (rows[0], columns[0]));
    }
}
