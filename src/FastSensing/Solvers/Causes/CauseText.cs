using System.Globalization;
using FastSensing.Diagnostics;

namespace FastSensing.Solvers.Causes;

/// <summary>A cause and its remedy, in a sentence or two with the numbers that speak for it.</summary>
internal static class CauseText
{
    public static string? Of(RunCause cause, in RunEvidence run) => cause switch
    {
        RunCause.TooFewIterations => Iterations(run),
        RunCause.StepTooLarge =>
            $"The step size {Number(run.StepSize)} is too large: the residual {(run.Rises > 0 && run.Status is not (SolveStatus.Diverged or SolveStatus.NonFinite) ? $"rose at {run.Rises:P0} of the steps" : $"grew from {Number(run.LowestResidual)}")}. Halve it.",
        RunCause.StartTooLarge =>
            $"The start is too large, {Number(run.StartSize)} times sigma1: {(run.Status is SolveStatus.Diverged or SolveStatus.NonFinite ? "the steps overshoot there" : "superfluous columns keep what they started with")}. Take a smaller initial scale.",
        RunCause.DampingTooLarge =>
            $"The damping, {Number(run.Damping)} times sigma1, is too large: it holds back {run.SignalShare:P0} of the step in directions that X has. Lower it to about the smallest singular value sought.",
        RunCause.DampingTooSmall => run.Status == SolveStatus.Breakdown || run.NeedsRank
            ? $"A Gram matrix became singular: the factors have {run.Width} columns and the iterate rank {run.FoundRank}. Take a damped method, or fewer columns."
            : $"The damping, {Number(run.Damping)} times sigma1, is too small: it let superfluous columns grow{(run.DampedColumns > 0 ? $", and {run.DampedColumns} of them fade like 1 / t only" : string.Empty)}. Raise it to about the smallest singular value sought.",
        RunCause.RankTooLow =>
            $"The rank is too low: all {run.Width} columns are in use and the residual, {Number(run.LastResidual)}, holds {Number(run.Structure)} times more structure than noise would. Give more columns.",
        RunCause.TooFewMeasurements =>
            $"There are too few measurements: {run.Measurements} for the {run.FoundFreedom} degrees of freedom of rank {run.FoundRank}, so many matrices fit them. Give more measurements or a smaller rank.",
        RunCause.ImbalanceGrowing =>
            $"The imbalance of the factors has grown {Number(run.ImbalanceGrowth)} times, to {run.Imbalance:P0} of their squared norms: one is much larger than the other and slows the run down. Start with factors of equal size.",
        RunCause.Saddle =>
            $"The run is stuck at a saddle: the gradient vanishes at a residual of {Number(run.LastResidual)} although {run.Width - run.FoundRank} of {run.Width} columns are not in use. Start from a small random point.",
        _ => null,
    };

    private static string Iterations(in RunEvidence run)
    {
        string reached = $"The run was still on its way, at a relative residual of {Number(run.LastResidual)}";
        return run.Rate is { Law: RateLaw.Linear } rate
            ? $"{reached} and {Number(-Math.Log(10) / rate.LinearSlope)} iterations per digit. Give it more."
            : $"{reached}. Give it more iterations.";
    }

    private static string Number(double value) => value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
