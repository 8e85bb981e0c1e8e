using FastSensing.Cli.Benchmarking.Gains;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>What is made of the rounds: which count, and whose gain is whose.</summary>
public sealed class ThreadGainTests
{
    [Fact]
    public void Of_RoundsWithSharedCores_DropsThem()
    {
        // Two loops in the time of one gain 2, in twice the time nothing.
        ThreadGain gain = ThreadGain.Of(2, [(1, 1, 9, 5), (1, 1.25, 8, 5), (1, 2, 100, 1)])!;
        Assert.Equal((3, 1), (gain.Rounds, gain.Dropped));
        Assert.Equal(((9.0 / 5) + (8.0 / 5)) / 2, gain.Gain, 12);
        Assert.Equal((2 + 1.6) / 2, gain.Loops, 12);
        Assert.Equal((0.9 + 1) / 2, gain.Share, 12);
        Assert.True(gain.Interval[0] <= gain.Share && gain.Share <= gain.Interval[1]);
    }

    [Theory]
    [InlineData(2, 1.3333, true)]
    [InlineData(2, 1.3334, false)]
    [InlineData(4, 1.3333, true)]
    [InlineData(4, 1.3334, false)]
    public void Of_Loops_CountFromThreeQuartersOfTheThreadsOn(int threads, double allLoops, bool counts) =>
        Assert.Equal(counts, ThreadGain.Of(threads, [(1, allLoops, 1, 1)]) is not null);
}
