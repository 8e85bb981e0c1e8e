using FastSensing.Cli.Benchmarking;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>The order in which rivals are run; no test looks at a time.</summary>
public sealed class RoundsTests
{
    [Fact]
    public void Time_Rivals_RunsThemInTurnInEveryRound()
    {
        List<int> order = [];
        RoundTimes times = Rounds.Time(
            new RoundPlan(15, 1e-6, WarmUp.Caches, 1, TimeSpan.MaxValue),
            _ => order.Add(0),
            _ => order.Add(1),
            _ => order.Add(2));
        Assert.Equal(3, times.Seconds.Length);
        Assert.All(times.Seconds, rival => Assert.Equal(15, rival.Length));
        Assert.All(times.Seconds, rival => Assert.All(rival, seconds => Assert.True(seconds >= 0)));
        int[] last = [.. order.TakeLast(45)];
        Assert.Equal(Enumerable.Range(0, 45).Select(i => i % 3), last);
    }

    [Fact]
    public void Of_TwoRivals_TakesTheValueWithinEachRound()
    {
        RoundTimes times = new([[1, 2, 4], [3, 4, 4]], 0);
        Assert.Equal(2, times.Of(0, 1, (ours, theirs) => theirs / ours).Median);
    }
}
