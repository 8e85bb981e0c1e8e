using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers.Stopping;

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
    private readonly HoldOutWatch<T> _search;
    private readonly int _width;
    private RankCandidate<T>? _chosen;

    public RecoveryPlanner(SensingProblem<T> problem, int width, double tolerance, SolveOptions<T> options, SolveBudget budget)
    {
        _problem = problem;
        _width = width;
        _options = options;
        _budget = budget;
        _holdOut = new HoldOut<T>(problem, options.Seed);
        _search = new HoldOutWatch<T>(_holdOut, width, Patience, SolveStage.Searching, options.Progress);
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
                return Extend(cut, chosen.Rank);
            }
        }

        int rank = _chosen?.Rank ?? _problem.Rank ?? _width;
        return new RecoveryPlan(_width, _search.BestProgress.Iteration, rank, 0, FitQuality.Poor, Best.Best);
    }

    private void Search()
    {
        using IIterativeMethod<T> method = StageMethods.Damped(_holdOut.Training, _width, _options.Seed);
        StoppingCriterion stop = new StopWhenResidualBelow(SearchResidual) | new StopAfterIterations(_budget.Grant(SearchLimit));
        _budget.Book(Solver.Run(method, stop, _budget.Options(_search)));
    }

    private void ChooseRank(FactorCut<T> cut)
    {
        RankCandidate<T>?[] candidates = new RankCandidate<T>?[_width + 1];
        foreach (int rank in Order(cut))
        {
            (RankCandidate<T> candidate, _) = Polish(cut, rank, SolveStage.ChoosingRank, CandidateLimit);
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

    private (RankCandidate<T> Candidate, SolveStatus Status) Polish(FactorCut<T> cut, int rank, SolveStage stage, int limit)
    {
        using IIterativeMethod<T> method = StageMethods.Polish(_holdOut.Training, rank, _options.Seed);
        HoldOutWatch<T> watch = new(_holdOut, rank, Patience, stage, _options.Progress);
        T[] left = new T[_problem.Operator.Rows * rank];
        T[] right = new T[_problem.Operator.Columns * rank];
        MatrixSpan<T> leftView = new(left, _problem.Operator.Rows, rank);
        MatrixSpan<T> rightView = new(right, _problem.Operator.Columns, rank);
        cut.CopyTo(leftView, rightView);
        method.InitializeAt(leftView, rightView);
        StoppingCriterion stop = new StopWhenResidualBelow(_exactResidual) | new StopAfterIterations(_budget.Grant(limit));
        SolveResult<T> result = Solver.Run(method, stop, _budget.Options(watch));
        _budget.Book(result);
        return (new RankCandidate<T>(rank, watch), result.Status);
    }

    private RecoveryPlan Extend(FactorCut<T> cut, int rank)
    {
        (RankCandidate<T> extended, SolveStatus status) = Polish(cut, rank, SolveStage.ChoosingRank, ExtendedLimit);
        _chosen = extended;
        HoldOutWatch<T> watch = extended.Watch;
        bool exact = status == SolveStatus.Converged && watch.Best < 100 * _exactResidual;
        FitQuality fit = exact ? FitQuality.Exact : IsAtNoiseLevel(watch, rank) ? FitQuality.AtNoiseLevel : FitQuality.Poor;
        int? polish = exact ? null : watch.BestProgress.Iteration;
        return new RecoveryPlan(_width, _search.BestProgress.Iteration, rank, polish, fit, watch.Best);
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
        return explained && watch.Best * watch.Best <= 2 * expected * expected;
    }
}
