using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Cli.Benchmarking.Goals;

/// <summary>One size of a class, judged against the peer that is the fastest at it.</summary>
/// <param name="Row">Ours against that peer, with warm operands.</param>
/// <param name="Cold">The lowest ratio with cold operands; null where that was not measured.</param>
/// <param name="Must">What the ratio has to reach.</param>
internal sealed record GoalSize(BenchRow Row, double? Cold, double Must)
{
    // Rounds that shared the core, of all, above which nothing is judged: noise would widen the interval up to any goal.
    private const double MostSpoiled = 0.2;

    /// <summary>Whether other processes had the core in too many rounds for a judgement.</summary>
    public bool IsDisturbed => Row.Spoiled > MostSpoiled * Row.Rounds;

    /// <summary>Whether the ratio reaches the goal within its interval: the interval's upper end does.</summary>
    public bool Holds => !IsDisturbed && Row.Interval![1] >= Must;

    /// <summary>Whether ours is faster beyond doubt: the interval's lower end is above 1.</summary>
    public bool IsWin => !IsDisturbed && Row.Interval![0] > 1;

    /// <summary>The sizes among the rows of a class, in their order.</summary>
    /// <param name="rows">One row per size, peer, and state of the caches.</param>
    /// <param name="must">What every ratio has to reach.</param>
    public static IReadOnlyList<GoalSize> Of(IEnumerable<BenchRow> rows, double must) =>
    [
        .. rows
            .Where(row => row.Ratio is not null)
            .GroupBy(row => row.Shape)
            .Select(size => new GoalSize(
                size.Where(row => row.Caches == "warm").MinBy(row => row.Ratio)!,
                size.Where(row => row.Caches == "cold").Min(row => row.Ratio),
                must)),
    ];
}
