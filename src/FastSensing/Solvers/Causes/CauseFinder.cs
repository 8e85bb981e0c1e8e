namespace FastSensing.Solvers.Causes;

/// <summary>From the evidence to the most likely cause: the rules, in the order in which they exclude each other.</summary>
internal static class CauseFinder
{
    /// <summary>A start this many times as large as X has several times its curvature.</summary>
    private const double LargeStart = 2;

    /// <summary>A start this share of X leaves its mark on superfluous columns.</summary>
    private const double MarkedStart = 0.05;

    /// <summary>Damped methods step at most 1; what still diverges lacks damping.</summary>
    private const double LargestDampedStep = 1;

    private const double UnevenFactors = 0.75;
    private const double GrownImbalance = 4;

    /// <summary>A gradient this small means that the run has come to rest.</summary>
    private const double AtRest = 1e-3;

    /// <summary>A residual whose image under A* is this many times that of noise holds something of X.</summary>
    private const double Structured = 1.4;

    /// <summary>A column that is this small beside what is missing is not in use.</summary>
    private const double Unused = 0.1;

    private const double HeldBack = 0.75;

    /// <summary>Scaled methods gain a factor 1 - eta a step; this share of it is slow.</summary>
    private const double Slow = 0.2;

    /// <summary>A run that came down to this share of its start and diverged then did not do so for its steps alone.</summary>
    private const double Progress = 0.5;

    /// <summary>Steps that rise this often are at the edge of stability.</summary>
    private const double Restless = 0.2;

    public static RunCause Of(in RunEvidence run) => run.Status switch
    {
        SolveStatus.Converged => Converged(run),
        SolveStatus.Diverged or SolveStatus.NonFinite => Diverged(run),
        SolveStatus.Breakdown => run.FoundRank == 0 ? RunCause.Saddle : RunCause.DampingTooSmall,
        _ => Short(run),
    };

    /// <summary>The measurements are met; the question is whether that says anything of X.</summary>
    private static RunCause Converged(in RunEvidence run) =>
        run.Measurements >= run.FoundFreedom || run.FoundRank == 0 ? RunCause.None
        : run.StartSize > MarkedStart && run.Width > 1 ? RunCause.StartTooLarge
        : RunCause.TooFewMeasurements;

    private static RunCause Diverged(in RunEvidence run) =>
        run.Damping > 0 && run.StepSize <= LargestDampedStep ? RunCause.DampingTooSmall
        : run.StartSize > LargeStart ? RunCause.StartTooLarge
        : run.Measurements < run.FoundFreedom ? RunCause.TooFewMeasurements
        : run.NeedsRank && run.LowestResidual < Progress * run.FirstResidual ? RunCause.DampingTooSmall
        : RunCause.StepTooLarge;

    /// <summary>Ended by a limit, or stalled.</summary>
    private static RunCause Short(in RunEvidence run) =>
        run.FoundRank == 0 ? RunCause.Saddle
        : run.Measurements < run.FoundFreedom ? (run.StartSize > MarkedStart ? RunCause.StartTooLarge : RunCause.TooFewMeasurements)
        : run.Imbalance > UnevenFactors && run.ImbalanceGrowth > GrownImbalance ? RunCause.ImbalanceGrowing
        : run.Gradient <= AtRest ? Resting(run)
        : Moving(run);

    private static RunCause Resting(in RunEvidence run) =>
        run.Structure < Structured ? RunCause.None
        : run.SmallestColumn <= Unused ? RunCause.Saddle
        : run.Width < run.LargestRank ? RunCause.RankTooLow
        : RunCause.None;

    private static RunCause Moving(in RunEvidence run) =>
        run.Rises > Restless ? RunCause.StepTooLarge
        : run.Hovers ? Resting(run)
        : run.SignalShare > HeldBack ? RunCause.DampingTooLarge
        : run.DampedColumns > 0 && run.Rate is { } rate && rate.LinearSlope > -Slow * run.StepSize ? RunCause.DampingTooSmall
        : RunCause.TooFewIterations;
}
