using FastSensing.Solvers;

namespace FastSensing.Cli.Demo;

/// <summary>What one method made of one problem.</summary>
internal sealed record DemoOutcome
{
    public required DemoMethod Method { get; init; }

    public required SolveStatus Status { get; init; }

    public required int Rank { get; init; }

    public required double RecoveryError { get; init; }

    public required int Iterations { get; init; }

    public required double SecondsPerIteration { get; init; }

    public required double AllocatedBytesPerIteration { get; init; }

    /// <summary>X, by rows.</summary>
    public required double[] Recovered { get; init; }

    /// <summary>Recorded iterations and the recovery error at each.</summary>
    public required double[] CurveX { get; init; }

    /// <summary>See <see cref="CurveX"/>.</summary>
    public required double[] CurveY { get; init; }
}
