using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.EarlyStopping;
using FastSensing.Solvers.Stopping;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// The whole of MatrixSensing.Solve: plan on held-out measurements, then repeat the planned steps on all of them.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RecoveryRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StallWindow = 100;

    /// <summary>Enough for the few outstanding directions of an A with a common mean; each costs two operator calls.</summary>
    private const int TangentSteps = 40;

    /// <summary>
    /// Largest ratio of the mean squares (an F ratio) of the residual along the d changes of the factors and across them
    /// that is taken for noise. Noise that was not fitted gives 1, noise from which the rank-r part was picked 2; exact
    /// data that the steps cannot fit gave 5 and more.
    /// </summary>
    private const double LargestRatio = 3;

    private readonly SensingProblem<T> _problem;
    private readonly SolveOptions<T> _options;
    private readonly SolveBudget _budget;
    private readonly FinalObserver<T> _observer;
    private readonly double _tolerance;
    private Misfit _misfit;

    public RecoveryRun(SensingProblem<T> problem, SolveOptions<T> options, CancellationToken cancellationToken)
    {
        _problem = problem;
        _options = options;
        _budget = new SolveBudget(options.Deadline, options.MaximumIterations, cancellationToken);
        _observer = new FinalObserver<T>(options);
        _tolerance = options.Tolerance ?? DefaultTolerance.Of<T>();
    }

    public SolveResult<T> Run()
    {
        int width = Width();
        if (HoldOut<T>.Of(_problem, _options.Seed) is not { } holdOut)
        {
            return Fit(new RecoveryPlan
            {
                Width = width,
                DampedStep = StageMethods.DampedStep,
                DampedIterations = RecoveryPlanner<T>.SearchLimit,
                Rank = _problem.Rank ?? 1,
                PolishStep = StageMethods.PolishStep,
                Fit = FitQuality.Poor,
            });
        }

        RecoveryPlanner<T> planner = new(_problem, holdOut, width, _options, _budget);
        RecoveryPlan plan = planner.Plan();
        return _budget.Interruption == SolveStatus.Running
            ? Fit(plan)
            : Interrupted(plan, new FactorCut<T>(_problem.Operator.Blas, planner.Best.Left, planner.Best.Right));
    }

    private int Width()
    {
        if (_options.Width < 1)
        {
            throw new ArgumentException($"The width of the damped stages is {_options.Width}; it must be at least 1.");
        }

        int smallest = Math.Min(_problem.Operator.Rows, _problem.Operator.Columns);
        return _problem.Rank > smallest
            ? throw new ArgumentException(
                $"The rank is {_problem.Rank}; X is {_problem.Operator.Rows} x {_problem.Operator.Columns} and has at most rank {smallest}.")
            : Math.Max(_options.Width ?? FactorWidth.Bearable(_problem), _problem.Rank ?? 1);
    }

    private SolveResult<T> Fit(RecoveryPlan plan)
    {
        SolveStatus status = SolveStatus.Running;
        FactorCut<T>? cut = null;
        StageMethods.WithSuitableStep(plan.DampedStep, Attempt);
        return status == SolveStatus.StoppedByObserver || _budget.Interruption != SolveStatus.Running
            ? Interrupted(plan, cut!, status)
            : Polish(plan, cut!);

        SolveStatus Attempt(double step)
        {
            using IIterativeMethod<T> damped = StageMethods.Damped(_problem, plan.Width, step, _options.Seed);
            _observer.Begin(SolveStage.Fitting);
            SolveResult<T> fit = Run(damped, plan.DampedIterations);
            cut = new FactorCut<T>(_problem.Operator.Blas, fit.Left, fit.Right);
            return status = fit.Status;
        }
    }

    /// <summary>Without held-out measurements the rank is the smallest that fits to the tolerance.</summary>
    private SolveResult<T> Polish(RecoveryPlan plan, FactorCut<T> cut)
    {
        SolveResult<T> result = default;
        StageMethods.WithSuitableStep(plan.PolishStep, Attempt);
        bool tryMore = plan.HoldOutResidual is null && _problem.Rank is null && result.Status == SolveStatus.Stalled;
        return tryMore && plan.Rank < Math.Min(plan.Width, Math.Min(_problem.Operator.Rows, _problem.Operator.Columns))
            ? Polish(plan with { Rank = plan.Rank + 1 }, cut)
            : result;

        SolveStatus Attempt(double step)
        {
            using IIterativeMethod<T> method = StageMethods.Polish(_problem, plan.Rank, step, _options.Seed);
            cut.Start(method, plan.Rank);
            _observer.Begin(SolveStage.Polishing);
            SolveResult<T> run = Run(method, plan.PolishIterations ?? StageMethods.PolishLimit);
            result = Finish(run, plan, Judge(run, plan));
            return run.Status;
        }
    }

    private SolveResult<T> Run(IIterativeMethod<T> method, int iterations)
    {
        StoppingCriterion stop = StageMethods.Stop(_tolerance, _budget.Grant(iterations)) | new StopWhenStalled(StallWindow);
        SolveResult<T> result = Solver.Run(method, stop, _budget.Options(_observer));
        _budget.Book(result);
        return result;
    }

    /// <summary>
    /// Using up the planned steps is no limit that was hit. Above the tolerance a fit is as good as noisy data allow if no
    /// tolerance was demanded, the held-out measurements spoke for it, all measurements are fitted as well as nine tenths
    /// were, and no change of the factors would take more of the residual away than it takes of noise.
    /// </summary>
    private SolveStatus Judge(in SolveResult<T> result, RecoveryPlan plan)
    {
        bool asPlanned = result.Status == SolveStatus.IterationLimit && _budget.Interruption == SolveStatus.Running;
        bool atRest = asPlanned || result.Status == SolveStatus.Stalled;
        if (atRest || result.Status == SolveStatus.Diverged)
        {
            _misfit = Look(result, plan);
        }

        return !atRest ? result.Status
            : _options.Tolerance is null && IsVouchedFor(plan) && _misfit == Misfit.LikeNoise ? SolveStatus.Converged
            : SolveStatus.Stalled;
    }

    /// <summary>Whether the held-out measurements speak for the fit.</summary>
    private static bool IsVouchedFor(RecoveryPlan plan) => plan.Fit is FitQuality.Exact or FitQuality.AtNoiseLevel;

    private Misfit Look(in SolveResult<T> result, RecoveryPlan plan)
    {
        IMeasurementOperator<T> op = _problem.Operator;
        T[] residual = new T[op.MeasurementCount];
        op.Forward(new FactorPair<T>(result.Left, result.Right), residual, new T[op.ScratchLength(result.Rank)]);
        if (AdjointCheck.IsWrong(op, result.Left, result.Right, residual))
        {
            return Misfit.WrongAdjoint;
        }

        Level1.Axpy(-T.One, _problem.Measurements.Span, residual);
        PowerOfTwo.Scale(residual, -PowerOfTwo.Exponent<T>(residual));
        TangentSpace<T> changes = new(_problem, new FactorCut<T>(op.Blas, result.Left, result.Right), result.Rank);
        double share = changes.Explain(residual, TangentSteps);
        double freedom = _problem.DegreesOfFreedom(result.Rank);
        return share * (op.MeasurementCount - freedom) > LargestRatio * (1 - share) * freedom ? Misfit.Reducible
            : IsVouchedFor(plan) && result.RelativeResidual > 2 * plan.TrainingResidual ? Misfit.AnotherFit
            : Misfit.LikeNoise;
    }

    private SolveResult<T> Interrupted(RecoveryPlan plan, FactorCut<T> cut, SolveStatus status = SolveStatus.Running)
    {
        int rank = Math.Min(plan.Rank, Math.Min(cut.Values.Length, Math.Min(_problem.Operator.Rows, _problem.Operator.Columns)));
        using IIterativeMethod<T> method = StageMethods.Polish(_problem, rank, StageMethods.PolishStep, _options.Seed);
        cut.Start(method, rank);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(0));
        return Finish(result, plan, status == SolveStatus.StoppedByObserver ? status : _budget.Interruption);
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
        Diagnosis = RecoveryDiagnosis<T>.Of(_problem, plan, status, _misfit, last.RelativeResidual, _tolerance),
    };
}
