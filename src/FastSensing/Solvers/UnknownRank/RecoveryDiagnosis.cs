using System.Globalization;
using System.Numerics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.EarlyStopping;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>One sentence or two on why a run ended short of the aim, or what the measurements leave open although it did not.</summary>
internal static class RecoveryDiagnosis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Measurements for each degree of freedom below which the factor methods often fail.</summary>
    private const double FewMeasurements = 2.5;

    /// <summary>Below this many default tolerances a residual is the last digits.</summary>
    private const double LastDigits = 100;

    public static string? Of(
        SensingProblem<T> problem, RecoveryPlan plan, SolveStatus status, Misfit misfit, double residual, double tolerance) => status switch
    {
        SolveStatus.TimeLimit or SolveStatus.Cancelled or SolveStatus.IterationLimit or SolveStatus.StoppedByObserver =>
            "The run was ended before it was done; these are the best factors so far.",
        SolveStatus.Converged => Undetermined(problem, plan.Rank) ?? (residual > tolerance ? Few(problem, plan.Rank) : null),
        SolveStatus.NonFinite or SolveStatus.Breakdown =>
            "The operator A or its Blas computes wrongly: NaN or infinity from finite factors, or no factorisation of a positive definite matrix. Correct it.",
        _ when misfit == Misfit.WrongAdjoint =>
            "The adjoint of the operator A is wrong: <A*(A(X)), X> is not ||A(X)||^2 for the X returned. Correct it.",
        SolveStatus.Diverged => Undetermined(problem, plan.Rank)
            ?? "The residual rises however short the steps: the ScaleFor of the operator A is far too small. Correct it.",
        _ => Undetermined(problem, plan.Rank) ?? Stalled(problem, plan, misfit, residual, tolerance),
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

    private static string? Few(SensingProblem<T> problem, int rank)
    {
        int measurements = problem.Operator.MeasurementCount;
        long freedom = problem.DegreesOfFreedom(rank);
        return measurements < FewMeasurements * freedom
            ? $"{measurements} measurements are few for the {freedom} degrees of freedom of rank {rank}: give more measurements or a smaller rank."
            : null;
    }

    private static string Stalled(SensingProblem<T> problem, RecoveryPlan plan, Misfit misfit, double residual, double tolerance) => misfit switch
    {
        _ when tolerance < DefaultTolerance.Of<T>() && residual < LastDigits * DefaultTolerance.Of<T>() => TooSmall(tolerance, plan.Rank),
        Misfit.Reducible => $"The steps make no headway although the residual could be smaller. {(Few(problem, plan.Rank) is { } few ? few + " Or A" : "A")} is far from isometric: "
            + "where the A_i have a common mean, subtract it from each of them, and the mean of y from y; where their norms differ much, divide each A_i and y_i by that of A_i.",
        Misfit.AnotherFit =>
            $"Nine tenths of the measurements were fitted to {Number(plan.TrainingResidual)}, all of them only to {Number(residual)}: the steps ended in another fit. Give more measurements, or another seed.",
        _ => plan.Fit switch
        {
            FitQuality.Exact or FitQuality.AtNoiseLevel => TooSmall(tolerance, plan.Rank),
            FitQuality.RankTooSmall => $"Rank {plan.Rank + 1} predicts held-out measurements better: give a larger rank.",
            _ => Few(problem, plan.Rank) ?? Unexplained(problem, plan),
        },
    };

    private static string TooSmall(double tolerance, int rank) =>
        $"The measurements agree with a matrix of rank {rank} no better than this: a tolerance of {tolerance} is below their noise or the precision.";

    private static string Unexplained(SensingProblem<T> problem, RecoveryPlan plan)
    {
        if (plan.Fit == FitQuality.AllColumnsInUse)
        {
            return $"All {plan.Width} columns of the damped stages are in use, and no larger rank was tried: give a larger width.";
        }

        string x = problem.Rank is { } rank ? $"rank {rank}" : "low rank";
        string semidefinite = problem.Structure == MatrixStructure.Symmetric ? ", or not positive semidefinite" : string.Empty;
        return plan.HoldOutResidual is null
            ? $"None of the {problem.Operator.MeasurementCount} measurements can be spared to tell noise from misfit: give more, or a tolerance."
            : $"Held-out measurements are predicted worse than noise alone explains: X may not be of {x}{semidefinite}, the measurements may be too few, or some of them far off.";
    }

    private static string Number(double value) => value.ToString("0.##e0", CultureInfo.InvariantCulture);
}
