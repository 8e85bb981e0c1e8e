using FastSensing.Solvers;

namespace FastSensing.Cli.Comparing;

/// <summary>One run of one method.</summary>
internal sealed record MethodOutcome
{
    public required SolveStatus Status { get; init; }

    /// <summary>One for each of <see cref="Milestone.Errors"/>.</summary>
    public required Milestone[] Reached { get; init; }

    public required Milestone Total { get; init; }

    /// <summary>Recovery error of the last iterate, or its relative residual where no truth is known.</summary>
    public required double Error { get; init; }
}
