using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// Finds, on nine tenths of the measurements judged by the last tenth, how many damped steps, which rank and how many
/// steps at that rank predict best: a <see cref="RecoveryPlan"/> for the run on all measurements.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RecoveryPlanner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Residual at which the damped stage has done its work on exact data: the rank shows clearly.</summary>
    public const double SearchResidual = 1e-3;

    /// <summary>Steps after which the damped stage ends in any case.</summary>
    public const int SearchLimit = 500;

    private const int Patience = 30;
    private const int CandidateLimit = 30;
    private const int ExtendedLimit = 600;

    /// <summary>A candidate that predicts this well, and whose last singular value stands out of its error, is the rank.</summary>
    private const double EvidentResidual = 1e-3;
    private const double EvidentMargin = 10;

    private readonly SensingProblem<T> _problem;
    private readonly SolveOptions<T> _options;
    private readonly SolveBudget _budget;
    private readonly HoldOut<T> _holdOut;
    private readonly double _exactResidual;
    private readonly int _width;
    private HoldOutWatch<T> _search;
    private double _dampedStep;
    private RankCandidate<T>? _chosen;

    public RecoveryPlanner(SensingProblem<T> problem, int width, double tolerance, SolveOptions<T> options, SolveBudget budget)
    {
        _problem = problem;
        _width = width;
        _options = options;
        _budget = budget;
        _holdOut = new HoldOut<T>(problem, options.Seed);
        _search = Watch(SolveStage.Searching, width);
        _exactResidual = Math.Max(1e-6, 10 * tolerance);
    }

    /// <summary>The best prediction so far.</summary>
    public HoldOutWatch<T> Best => _chosen?.Watch ?? _search;

    /// <summary>Makes the plan; when the budget ends on the way, of what is known by then.</summary>
    public RecoveryPlan Plan()
    {
        Search();
        if (_budget.Interruption == SolveStatus.Running)
        {
            FactorCut<T> cut = new(_problem.Operator.Blas, _search.Left, _search.Right);
            ChooseRank(cut);
            if (_chosen is { } chosen && _budget.Interruption == SolveStatus.Running)
            {
                _chosen = Polish(cut, chosen.Rank, ExtendedLimit);
            }
        }

        RecoveryPlan plan = new()
        {
            Width = _width,
            DampedStep = _dampedStep,
            DampedIterations = _search.BestProgress.Iteration,
            Rank = _chosen?.Rank ?? _problem.Rank ?? _width,
            HoldOutResidual = Best.Best,
        };
        return _chosen is null || _budget.Interruption != SolveStatus.Running ? plan : Polished(plan, _chosen);
    }

    private void Search()
    {
        for (_dampedStep = StageMethods.DampedStep; ; _dampedStep /= 2)
        {
            _search = Watch(SolveStage.Searching, _width);
            using IIterativeMethod<T> method = StageMethods.Damped(_holdOut.Training, _width, _dampedStep, _options.Seed);
            SolveStatus status = Run(method, SearchResidual, SearchLimit, _search);
            if (!StageMethods.StepWasTooLong(status, _dampedStep, StageMethods.DampedStep))
            {
                return;
            }
        }
    }

    private void ChooseRank(FactorCut<T> cut)
    {
        RankCandidate<T>?[] candidates = new RankCandidate<T>?[_width + 1];
        foreach (int rank in Order(cut))
        {
            RankCandidate<T> candidate = Polish(cut, rank, CandidateLimit);
            candidates[rank] = candidate;
            if (_budget.Interruption != SolveStatus.Running || IsEvident(candidate))
            {
                break;
            }
        }

        _chosen = SmallestOfTheBest(candidates);
    }

    private int[] Order(FactorCut<T> cut)
    {
        if (_problem.Rank is { } rank)
        {
            return [rank];
        }

        double[] values = new double[cut.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(cut.Values[i]);
        }

        return RankChoice.OrderByGap(values.AsSpan(0, Math.Min(_width, Math.Min(_problem.Operator.Rows, _problem.Operator.Columns))));
    }

    private static RankCandidate<T>? SmallestOfTheBest(RankCandidate<T>?[] candidates)
    {
        RankCandidate<T>? best = null;
        foreach (RankCandidate<T>? candidate in candidates)
        {
            best = candidate is not null && !(candidate.Watch.Best >= best?.Watch.Best) ? candidate : best;
        }

        foreach (RankCandidate<T>? candidate in candidates)
        {
            if (candidate is not null && RankChoice.IsAsGood(candidate.Watch.Squares, best!.Watch.Squares))
            {
                return candidate;
            }
        }

        return best;
    }

    /// <summary>All candidates below would miss the last singular value, which is far larger than the error: no need to try more.</summary>
    private bool IsEvident(RankCandidate<T> candidate)
    {
        FactorCut<T> cut = new(_problem.Operator.Blas, candidate.Watch.Left, candidate.Watch.Right);
        double ratio = double.CreateTruncating(cut.Values[^1] / cut.Values[0]);
        return candidate.Watch.Best < EvidentResidual && ratio > EvidentMargin * candidate.Watch.Best;
    }

    private RankCandidate<T> Polish(FactorCut<T> cut, int rank, int limit)
    {
        MatrixSpan<T> left = new(new T[_problem.Operator.Rows * rank], _problem.Operator.Rows, rank);
        MatrixSpan<T> right = new(new T[_problem.Operator.Columns * rank], _problem.Operator.Columns, rank);
        cut.CopyTo(left, right);
        for (double step = StageMethods.PolishStep; ; step /= 2)
        {
            HoldOutWatch<T> watch = Watch(SolveStage.ChoosingRank, rank);
            using IIterativeMethod<T> method = StageMethods.Polish(_holdOut.Training, rank, step, _options.Seed);
            method.InitializeAt(left, right);
            SolveStatus status = Run(method, _exactResidual, limit, watch);
            if (!StageMethods.StepWasTooLong(status, step, StageMethods.PolishStep))
            {
                return new RankCandidate<T>(rank, step, status, watch);
            }
        }
    }

    private SolveStatus Run(IIterativeMethod<T> method, double residual, int limit, HoldOutWatch<T> watch)
    {
        SolveResult<T> result = Solver.Run(method, StageMethods.Stop(residual, _budget.Grant(limit)), _budget.Options(watch));
        _budget.Book(result);
        return result.Status;
    }

    private HoldOutWatch<T> Watch(SolveStage stage, int width) => new(_holdOut, width, Patience, stage, _options.Progress);

    private RecoveryPlan Polished(RecoveryPlan plan, RankCandidate<T> chosen)
    {
        bool exact = chosen.Status == SolveStatus.Converged && chosen.Watch.Best < 100 * _exactResidual;
        return plan with
        {
            PolishStep = chosen.Step,
            PolishIterations = exact ? null : chosen.Watch.BestProgress.Iteration,
            TrainingResidual = chosen.Watch.BestProgress.RelativeResidual,
            Fit = exact ? FitQuality.Exact : IsAtNoiseLevel(chosen.Watch, chosen.Rank) ? FitQuality.AtNoiseLevel : FitQuality.Poor,
        };
    }

    /// <summary>
    /// A least-squares fit of d parameters to m measurements with noise leaves a residual that, on new measurements,
    /// becomes m / (m - d) times as large (as norms). Within a factor 2 of that (as squares), and with three quarters of
    /// the held-out energy explained beyond three standard errors, the rest is noise as far as the data can tell.
    /// </summary>
    private bool IsAtNoiseLevel(HoldOutWatch<T> watch, int rank)
    {
        double free = _holdOut.Training.Operator.MeasurementCount - _problem.DegreesOfFreedom(rank);
        if (free <= 0)
        {
            return false;
        }

        double expected = watch.BestProgress.RelativeResidual * _holdOut.Training.Operator.MeasurementCount / free;
        (double mean, double standardError) = RankChoice.MeanDifference(watch.Squares, []);
        bool explained = _holdOut.Count * (mean + (3 * standardError)) < 0.25;

        // Predicting better than fitting is no noise either: some training measurements are not fitted at all.
        bool sound = watch.Best >= 0.5 * watch.BestProgress.RelativeResidual;
        return explained && sound && watch.Best * watch.Best <= 2 * expected * expected;
    }
}
