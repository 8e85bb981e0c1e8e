using System.Numerics;
using FastSensing.Testing.Oracles;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>Sums of products in twice the precision, against which those of the sensing cores are held.</summary>
internal static class SensingSums
{
    /// <summary>Fails unless |actual - sum x y| &lt;= gamma_(n+2) sum |x y|.</summary>
    public static void AssertWithin<T>(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double magnitude = 0;
        for (int i = 0; i < x.Length; i++)
        {
            magnitude += Math.Abs(x[i] * y[i]);
        }

        double error = DoubleDouble.Dot(x, y).DistanceTo(actual);
        double bound = Rounding.Gamma<T>(x.Length + 2) * magnitude;
        if (!(error <= bound))
        {
            Assert.Fail($"{what}: {actual:r} is {error:e2} off, the bound is {bound:e2}.");
        }
    }
}
