using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// The whole of MatrixSensing.Solve: plan on held-out measurements, then repeat the planned steps on all of them.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RecoveryRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PolishLimit = 3000;
    private const int StallWindow = 100;

    private readonly SensingProblem<T> _problem;
    private readonly SolveOptions<T> _options;
    private readonly SolveBudget _budget;
    private readonly FinalObserver<T> _observer;
    private readonly double _tolerance;

    public RecoveryRun(SensingProblem<T> problem, SolveOptions<T> options, CancellationToken cancellationToken)
    {
        _problem = problem;
        _options = options;
        _budget = new SolveBudget(options.Deadline, options.MaximumIterations, cancellationToken);
        _observer = new FinalObserver<T>(options);

        // Half the digits of single precision, and what is left of double precision after sums of thousands of terms.
        bool isDouble = T.BitIncrement(T.One) - T.One < T.CreateTruncating(1e-10);
        _tolerance = options.Tolerance ?? (isDouble ? 1e-12 : 1e-6);
    }

    public SolveResult<T> Run()
    {
        int width = Math.Max(_options.Width ?? FactorWidth.Bearable(_problem), _problem.Rank ?? 1);
        int smallest = Math.Min(_problem.Operator.Rows, _problem.Operator.Columns);
        if (_problem.Rank > smallest)
        {
            throw new ArgumentException(
                $"The rank is {_problem.Rank}; X is {_problem.Operator.Rows} x {_problem.Operator.Columns} and has at most rank {smallest}.");
        }

        RecoveryPlan plan;
        if (HoldOut<T>.CountFor(_problem) == 0)
        {
            plan = new RecoveryPlan
            {
                Width = width,
                DampedStep = StageMethods.DampedStep,
                DampedIterations = RecoveryPlanner<T>.SearchLimit,
                Rank = _problem.Rank ?? 1,
                PolishStep = StageMethods.PolishStep,
            };
        }
        else
        {
            RecoveryPlanner<T> planner = new(_problem, width, _tolerance, _options, _budget);
            plan = planner.Plan();
            if (_budget.Interruption != SolveStatus.Running)
            {
                return Interrupted(plan, planner.Best.Left, planner.Best.Right);
            }
        }

        return Fit(plan);
    }

    private SolveResult<T> Fit(RecoveryPlan plan)
    {
        for (double step = plan.DampedStep; ; step /= 2)
        {
            using IIterativeMethod<T> damped = StageMethods.Damped(_problem, plan.Width, step, _options.Seed);
            _observer.Begin(SolveStage.Fitting);
            SolveResult<T> fit = Run(damped, plan.DampedIterations);
            if (fit.Status == SolveStatus.StoppedByObserver || _budget.Interruption != SolveStatus.Running)
            {
                return Interrupted(plan, fit.Left, fit.Right, fit.Status);
            }

            if (!StageMethods.StepWasTooLong(fit.Status, step, StageMethods.DampedStep))
            {
                return Polish(plan, fit.Left, fit.Right);
            }
        }
    }

    private SolveResult<T> Polish(RecoveryPlan plan, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        for (double step = plan.PolishStep; ; step /= 2)
        {
            using IIterativeMethod<T> method = StartAt(plan.Rank, step, left, right);
            _observer.Begin(SolveStage.Polishing);
            SolveResult<T> result = Run(method, plan.PolishIterations ?? PolishLimit);
            if (!StageMethods.StepWasTooLong(result.Status, step, StageMethods.PolishStep) || _budget.Interruption != SolveStatus.Running)
            {
                return Finish(result, plan, Judge(result, plan));
            }
        }
    }

    private SolveResult<T> Run(IIterativeMethod<T> method, int iterations)
    {
        StoppingCriterion stop = StageMethods.Stop(_tolerance, _budget.Grant(iterations)) | new StopWhenStalled(StallWindow);
        SolveResult<T> result = Solver.Run(method, stop, _budget.Options(_observer));
        _budget.Book(result);
        return result;
    }

    /// <summary>Using up the planned steps is no limit that was hit; on noisy data it is the aim, if all measurements are fitted as well as nine tenths were.</summary>
    private static SolveStatus Judge(in SolveResult<T> result, RecoveryPlan plan)
    {
        bool asPlanned = result.Status == SolveStatus.IterationLimit && result.Iterations == plan.PolishIterations;
        bool asExpected = plan.Fit == FitQuality.AtNoiseLevel && result.RelativeResidual <= 2 * plan.TrainingResidual;
        return !asPlanned ? result.Status : asExpected ? SolveStatus.Converged : SolveStatus.Stalled;
    }

    private SolveResult<T> Interrupted(
        RecoveryPlan plan, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, SolveStatus status = SolveStatus.Running)
    {
        using IIterativeMethod<T> method = StartAt(Math.Min(plan.Rank, left.Columns), StageMethods.PolishStep, left, right);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(0));
        return Finish(result, plan, status == SolveStatus.StoppedByObserver ? status : _budget.Interruption);
    }

    /// <summary>A polish method at the best approximation of the given factors of a rank.</summary>
    private IIterativeMethod<T> StartAt(int rank, double step, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        rank = Math.Min(rank, Math.Min(left.Rows, right.Rows));
        FactorCut<T> cut = new(_problem.Operator.Blas, left, right);
        MatrixSpan<T> cutLeft = new(new T[left.Rows * rank], left.Rows, rank);
        MatrixSpan<T> cutRight = new(new T[right.Rows * rank], right.Rows, rank);
        cut.CopyTo(cutLeft, cutRight);
        IIterativeMethod<T> method = StageMethods.Polish(_problem, rank, step, _options.Seed);
        method.InitializeAt(cutLeft, cutRight);
        return method;
    }

    private SolveResult<T> Finish(in SolveResult<T> last, RecoveryPlan plan, SolveStatus status) => new(last.Left, last.Right)
    {
        Method = "solve",
        Status = status,
        Iterations = _budget.Iterations,
        Loss = last.Loss,
        RelativeResidual = last.RelativeResidual,
        HoldOutResidual = plan.HoldOutResidual,
        Seconds = _budget.Seconds,
        AllocatedBytesPerIteration = _budget.BytesPerIteration,
        Trace = _options.Trace,
        Diagnosis = Diagnose(plan, status),
    };

    private string? Diagnose(RecoveryPlan plan, SolveStatus status)
    {
        int measurements = _problem.Operator.MeasurementCount;
        long freedom = _problem.DegreesOfFreedom(plan.Rank);
        return status switch
        {
            SolveStatus.Converged => null,
            SolveStatus.TimeLimit or SolveStatus.Cancelled or SolveStatus.IterationLimit or SolveStatus.StoppedByObserver =>
                "The run was ended before it was done; these are the best factors so far.",
            SolveStatus.Diverged or SolveStatus.NonFinite or SolveStatus.Breakdown =>
                "The steps at the chosen rank did not settle: the measurements hardly determine it. Give a smaller rank or more measurements.",
            _ when plan.Fit == FitQuality.Exact =>
                $"The residual no longer falls: a tolerance of {_tolerance} is below what the precision and the measurements allow.",
            _ when measurements < 2.5 * freedom =>
                $"{measurements} measurements are few for the {freedom} degrees of freedom of rank {plan.Rank}: give more measurements or a smaller rank.",
            _ => "The held-out measurements are predicted worse than noise alone explains: X may not be of low rank, or the measurements are too few.",
        };
    }
}
