using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

public class MeasureTests
{
    private static readonly ManagedBlas<double> s_blas = new();

    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 3)]
    [InlineData(3, 60_000)]
    [InlineData(60_000, 3)]
    public void Measure_APlainMatrix_IsWhatTheEntriesAre(int rows, int columns)
    {
        EntrySamplingOperator<double> op = new(s_blas, rows, columns, [0, rows - 1, 1], [1, columns - 1, 0]);
        double[] x = [.. Enumerable.Range(0, rows * columns).Select(i => (double)i)];
        Assert.Equal([1, (rows * columns) - 1, columns], op.Measure(new ReadOnlyMatrixSpan<double>(x, rows, columns)));
    }

    [Fact]
    public void Measure_AnyOperator_IsTheSumOfProducts()
    {
        using DenseOperator<double> op = DenseOperator<double>.FromRows(s_blas, 2, 3, 2, [1, 2, 3, 4, 5, 6, 0, 1, 0, 0, 0, -1]);
        double[] x = [1, 0, 2, 0, 3, 1];
        Assert.Equal([28, -1], op.Measure(new ReadOnlyMatrixSpan<double>(x, 2, 3)));
    }

    [Fact]
    public void Measure_AnotherShape_NamesBoth()
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(s_blas, 2, 3, 2, 1);
        string message = Assert.Throws<ArgumentException>(() => op.Measure(new ReadOnlyMatrixSpan<double>(new double[6], 3, 2))).Message;
        Assert.Contains("3 x 2", message, StringComparison.Ordinal);
        Assert.Contains("2 x 3", message, StringComparison.Ordinal);
    }
}
