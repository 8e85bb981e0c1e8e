namespace FastSensing.Cli.Benchmarking.Goals;

/// <summary>Whether a class reaches its goals.</summary>
/// <param name="Goal">The goals.</param>
/// <param name="Sizes">Its sizes, at least one.</param>
internal sealed record GoalJudgement(GoalClass Goal, IReadOnlyList<GoalSize> Sizes)
{
    /// <summary>The geometric mean of the ratios to the better peer.</summary>
    public double GeometricMean => Math.Exp(Sizes.Average(size => Math.Log(size.Row.Ratio!.Value)));

    /// <summary>Whether every size holds.</summary>
    public bool MustHolds => Sizes.All(size => size.Holds);

    /// <summary>Whether the geometric mean reaches the aim; null where there is none.</summary>
    public bool? AimReached => Goal.Aim is double aim ? GeometricMean >= aim : null;

    /// <summary>The size with the lowest ratio.</summary>
    public GoalSize Worst => Sizes.MinBy(size => size.Row.Ratio)!;
}
