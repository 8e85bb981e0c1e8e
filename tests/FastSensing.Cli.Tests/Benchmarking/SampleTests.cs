using FastSensing.Cli.Benchmarking;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>Statistics on samples whose answers are known.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Quantiles_OfKnownSamples_AreThoseOfLinearInterpolation()
    {
        Sample odd = new([5, 1, 4, 2, 3]);
        Assert.Equal(3, odd.Median);
        Assert.Equal(2, odd.LowerQuartile);
        Assert.Equal(4, odd.UpperQuartile);
        Assert.Equal(2.5, new Sample([4, 1, 3, 2]).Median);
        Assert.Equal(7, new Sample([7]).Median);
    }

    [Fact]
    public void MedianInterval_OfAConstantSample_IsThatConstant() =>
        Assert.Equal((2.5, 2.5), new Sample(Enumerable.Repeat(2.5, 15)).MedianInterval());

    /// <summary>
    /// A resample of 1..15 has a median of at most k with the probability that 15 draws are at most k eight times or
    /// more: 0.4 % for 3, 2.55 % for 4, 8.8 % for 5, and the mirror image above. So the 2.5 % point is 4, or 5 by the
    /// luck of 2000 resamples, and the other one 12 or 11.
    /// </summary>
    [Fact]
    public void MedianInterval_OfOneToFifteen_IsThatOfTheBinomialSum()
    {
        (double low, double high) = new Sample(Enumerable.Range(1, 15).Select(i => (double)i)).MedianInterval();
        Assert.InRange(low, 4, 5);
        Assert.InRange(high, 11, 12);
    }

    [Fact]
    public void MedianInterval_OfAnOutlier_DoesNotReachIt()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 14), 1000.0];
        Assert.Equal((1.0, 1.0), new Sample(values).MedianInterval());
    }

    [Fact]
    public void MedianInterval_Twice_IsTheSame()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9];
        Assert.Equal(new Sample(values).MedianInterval(), new Sample(values).MedianInterval());
    }
}
