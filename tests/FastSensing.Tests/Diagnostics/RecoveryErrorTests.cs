using FastSensing.Diagnostics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Tests.Diagnostics;

public class RecoveryErrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-600)]
    [InlineData(-1000)]
    [InlineData(600)]
    [InlineData(1000)]
    public void Of_MatricesInAnyUnits_IsTheSame(int exponent)
    {
        double root = Math.ScaleB(1, exponent / 2);
        double unit = Math.ScaleB(1, exponent);
        double[] left = [3 * root, 0];
        double[] right = [root, 0];
        double[] truth = [4 * unit, 0, 0, 0];
        Assert.Equal(0.25, RecoveryError.Of(Column(left), Column(right), new ReadOnlyMatrixSpan<double>(truth, 2, 2)));
    }

    [Fact]
    public void Of_AZeroTruth_IsZeroForZeroAlone()
    {
        double[] zero = new double[4];
        double[] tiny = [1e-170, 0];
        double[] one = [1, 0];
        ReadOnlyMatrixSpan<double> truth = new(zero, 2, 2);
        Assert.Equal(0, RecoveryError.Of(Column(zero[..2]), Column(one), truth));
        Assert.Equal(double.PositiveInfinity, RecoveryError.Of(Column(tiny), Column(one), truth));
    }

    [Fact]
    public void Of_NaN_IsNaN()
    {
        double[] bad = [double.NaN, 0];
        double[] one = [1, 0];
        Assert.True(double.IsNaN(RecoveryError.Of(Column(bad), Column(one), new ReadOnlyMatrixSpan<double>([1.0, 0, 0, 1], 2, 2))));
    }

    private static ReadOnlyMatrixSpan<double> Column(double[] values) => new(values, values.Length, 1);
}
