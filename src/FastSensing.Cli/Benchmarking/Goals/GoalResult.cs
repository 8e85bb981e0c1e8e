using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Cli.Benchmarking.Goals;

/// <summary>A class as it was measured: its goal, where and when, and every row.</summary>
internal sealed record GoalResult
{
    /// <summary>Name of the class.</summary>
    public required string Class { get; init; }

    /// <summary>fp64 or fp32.</summary>
    public required string Precision { get; init; }

    /// <summary>CPU, cores, runtime, operating system.</summary>
    public required string Machine { get; init; }

    /// <summary>What was measured; a plus sign says that files were changed since.</summary>
    public required string Commit { get; init; }

    /// <summary>Day of the measurement.</summary>
    public required string Date { get; init; }

    public required IReadOnlyList<BenchRow> Rows { get; init; }

    /// <summary>The sizes, judged against a goal.</summary>
    public GoalJudgement Judge(GoalClass goal) => new(goal, GoalSize.Of(Rows, goal.Must));
}
