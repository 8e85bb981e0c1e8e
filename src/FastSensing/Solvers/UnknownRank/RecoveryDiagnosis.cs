using System.Numerics;
using FastSensing.Problems;
using FastSensing.Solvers.EarlyStopping;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>One sentence or two on why a run ended short of the aim, or what the measurements leave open although it did not.</summary>
internal static class RecoveryDiagnosis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Measurements for each degree of freedom below which the factor methods often fail.</summary>
    private const double FewMeasurements = 2.5;

    public static string? Of(SensingProblem<T> problem, RecoveryPlan plan, SolveStatus status, Misfit misfit, double tolerance) => status switch
    {
        SolveStatus.TimeLimit or SolveStatus.Cancelled or SolveStatus.IterationLimit or SolveStatus.StoppedByObserver =>
            "The run was ended before it was done; these are the best factors so far.",
        SolveStatus.Converged => Undetermined(problem, plan.Rank),
        SolveStatus.Diverged or SolveStatus.NonFinite or SolveStatus.Breakdown => Undetermined(problem, plan.Rank)
            ?? "The steps at the chosen rank did not settle: the measurements hardly determine it. Give a smaller rank or more measurements.",
        _ => Undetermined(problem, plan.Rank) ?? Stalled(problem, plan, misfit, tolerance),
    };

    private static string? Undetermined(SensingProblem<T> problem, int rank)
    {
        if (EntryCoverage.Of(problem)?.FirstUndetermined() is { } line)
        {
            return $"{line} has no entry: it is undetermined, and what is returned for it means nothing.";
        }

        int measurements = problem.Operator.MeasurementCount;
        long freedom = problem.DegreesOfFreedom(rank);
        return measurements < freedom
            ? $"{measurements} measurements are fewer than the {freedom} degrees of freedom of rank {rank}: many matrices fit them. Give more measurements or a smaller rank."
            : null;
    }

    private static string Stalled(SensingProblem<T> problem, RecoveryPlan plan, Misfit misfit, double tolerance)
    {
        int measurements = problem.Operator.MeasurementCount;
        long freedom = problem.DegreesOfFreedom(plan.Rank);
        return misfit == Misfit.Reducible
            ? "The steps make no headway although the residual could be smaller: A is far from isometric. Where the A_i have a common mean, subtract it from each of them, and the mean of y from y."
            : plan.Fit switch
            {
                FitQuality.Exact or FitQuality.AtNoiseLevel =>
                    $"The measurements agree with a matrix of rank {plan.Rank} no better than this: a tolerance of {tolerance} is below their noise or the precision.",
                FitQuality.RankTooSmall => $"Rank {plan.Rank + 1} predicts held-out measurements better: give a larger rank.",
                _ when measurements < FewMeasurements * freedom =>
                    $"{measurements} measurements are few for the {freedom} degrees of freedom of rank {plan.Rank}: give more measurements or a smaller rank.",
                _ when plan.HoldOutResidual is null => $"None of the {measurements} measurements can be spared to tell noise from misfit: give more, or a tolerance.",
                _ => "Held-out measurements are predicted worse than noise alone explains: X may not be of low rank, or the measurements are too few.",
            };
    }
}
