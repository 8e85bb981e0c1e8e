using System.Numerics;
using FastSensing.Problems;
using FastSensing.Solvers.EarlyStopping;

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
    public const double SearchResidual = 2e-3;

    /// <summary>Steps after which the damped stage ends in any case.</summary>
    public const int SearchLimit = 500;

    private const int Patience = 30;
    private const int CandidateLimit = 30;

    /// <summary>A candidate that predicts this well after a short run, and needs all its columns, is at most a little too small.</summary>
    private const double PromisingResidual = 1e-3;

    /// <summary>A last singular value this much above the error of the prediction is no error.</summary>
    private const double Margin = 10;

    /// <summary>Exact data that are fitted to the tolerance are predicted to that but for a moderate factor.</summary>
    private const double ExactFactor = 100;

    /// <summary>Of a standard error: an iterate that predicts worse by no more than that is as good as the best.</summary>
    private const double SettledShare = 1.0 / 3;

    private readonly SensingProblem<T> _problem;
    private readonly SolveOptions<T> _options;
    private readonly SolveBudget _budget;
    private readonly HoldOut<T> _holdOut;
    private readonly double _exactResidual;
    private readonly int _width;
    private HoldOutObserver<T> _search;
    private double _dampedStep;
    private RankCandidate<T>? _chosen;
    private bool _largerIsBetter;

    public RecoveryPlanner(SensingProblem<T> problem, HoldOut<T> holdOut, int width, SolveOptions<T> options, SolveBudget budget)
    {
        _problem = problem;
        _width = width;
        _options = options;
        _budget = budget;
        _holdOut = holdOut;
        _search = Watch(SolveStage.Searching, width);

        // A tolerance that is easily met must not blur the choice of the rank.
        _exactResidual = Math.Min(options.Tolerance ?? double.PositiveInfinity, DefaultTolerance.Of<T>());
    }

    private int LargestRank => Math.Min(_problem.Operator.Rows, _problem.Operator.Columns);

    /// <summary>The best prediction so far.</summary>
    public HoldOutObserver<T> Best => _chosen?.Watch ?? _search;

    /// <summary>Makes the plan; when the budget ends on the way, of what is known by then.</summary>
    public RecoveryPlan Plan()
    {
        StageMethods.WithSuitableStep(StageMethods.DampedStep, Search);
        if (_budget.Interruption == SolveStatus.Running)
        {
            FactorCut<T> cut = new(_problem.Operator.Blas, _search.Left, _search.Right);
            _chosen = FirstCandidate(cut);
            Climb(cut);
        }

        RecoveryPlan plan = new()
        {
            Width = _width,
            DampedStep = _dampedStep,
            DampedIterations = _search.BestProgress.Iteration,
            Rank = _chosen?.Rank ?? _problem.Rank ?? _width,
            Fit = FitQuality.Poor,
            HoldOutResidual = Best.BestResidual,
        };
        return _chosen is null || _budget.Interruption != SolveStatus.Running ? plan : Polished(plan, _chosen);
    }

    private SolveStatus Search(double step)
    {
        _dampedStep = step;
        _search = Watch(SolveStage.Searching, _width);
        using IIterativeMethod<T> method = StageMethods.Damped(_holdOut.Training, _width, step, _options.Seed);
        return Run(method, SearchResidual, SearchLimit, _search);
    }

    /// <summary>The first promising candidate, else the smallest of those that predict best.</summary>
    private RankCandidate<T>? FirstCandidate(FactorCut<T> cut)
    {
        RankCandidate<T>?[] candidates = new RankCandidate<T>?[_width + 1];
        foreach (int rank in Order(cut))
        {
            RankCandidate<T> candidate = Polish(cut, rank, CandidateLimit);
            if (_budget.Interruption != SolveStatus.Running || IsPromising(candidate))
            {
                return candidate;
            }

            candidates[rank] = candidate;
        }

        return SmallestOfTheBest(candidates);
    }

    /// <summary>Unless the data are exactly of the chosen rank, one more is tried until it predicts no better; a given rank stays, it is only noted that one more would.</summary>
    private void Climb(FactorCut<T> cut)
    {
        int largest = Math.Min(_width, LargestRank);
        while (_chosen is { } chosen && _budget.Interruption == SolveStatus.Running)
        {
            _chosen = chosen = Settled(cut, chosen);
            if (IsExact(chosen) || chosen.Rank >= largest || _budget.Interruption != SolveStatus.Running)
            {
                return;
            }

            RankCandidate<T> larger = Polish(cut, chosen.Rank + 1, StageMethods.PolishLimit);
            if (RankChoice.IsAsGood(chosen.Watch.Squares, larger.Watch.Squares))
            {
                return;
            }

            if (_problem.Rank is not null)
            {
                _largerIsBetter = true;
                return;
            }

            _chosen = larger;
        }
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

        return RankChoice.OrderByGap(values.AsSpan(0, Math.Min(_width, LargestRank)));
    }

    private static RankCandidate<T>? SmallestOfTheBest(RankCandidate<T>?[] candidates)
    {
        RankCandidate<T>? best = null;
        foreach (RankCandidate<T>? candidate in candidates)
        {
            best = candidate is not null && !(candidate.Watch.BestResidual >= best?.Watch.BestResidual) ? candidate : best;
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

    /// <summary>Fitted to the tolerance, and predicted as well: there is no noise.</summary>
    private bool IsExact(RankCandidate<T> candidate) =>
        candidate.Status == SolveStatus.Converged && candidate.Watch.BestResidual < ExactFactor * _exactResidual;

    /// <summary>All ranks below would miss the last singular value, which is far larger than the error.</summary>
    private bool IsPromising(RankCandidate<T> candidate)
    {
        FactorCut<T> cut = new(_problem.Operator.Blas, candidate.Watch.Left, candidate.Watch.Right);
        double ratio = double.CreateTruncating(cut.Values[^1] / cut.Values[0]);
        return candidate.Watch.BestResidual < PromisingResidual && ratio > Margin * candidate.Watch.BestResidual;
    }

    /// <summary>The candidate after a long run, where the short one was ended by its number of steps.</summary>
    private RankCandidate<T> Settled(FactorCut<T> cut, RankCandidate<T> candidate) =>
        candidate.Status == SolveStatus.IterationLimit ? Polish(cut, candidate.Rank, StageMethods.PolishLimit) : candidate;

    private RankCandidate<T> Polish(FactorCut<T> cut, int rank, int limit)
    {
        RankCandidate<T>? candidate = null;
        StageMethods.WithSuitableStep(StageMethods.PolishStep, Attempt);
        return candidate!;

        SolveStatus Attempt(double step)
        {
            HoldOutObserver<T> watch = Watch(SolveStage.ChoosingRank, rank);
            using IIterativeMethod<T> method = StageMethods.Polish(_holdOut.Training, rank, step, _options.Seed);
            cut.Start(method, rank);
            SolveStatus status = Run(method, _exactResidual, limit, watch);
            candidate = new RankCandidate<T>(rank, step, status, watch);
            return status;
        }
    }

    private SolveStatus Run(IIterativeMethod<T> method, double residual, int limit, HoldOutObserver<T> watch)
    {
        SolveResult<T> result = Solver.Run(method, StageMethods.Stop(residual, _budget.Grant(limit)), _budget.Options(watch));
        _budget.Book(result);
        return result.Status;
    }

    private HoldOutObserver<T> Watch(SolveStage stage, int width) => new(_holdOut, width, Patience)
    {
        Report = _options.Progress is { } report ? (progress, residual) => report(new SolveProgress(stage, width, progress, residual)) : null,
    };

    private RecoveryPlan Polished(RecoveryPlan plan, RankCandidate<T> chosen)
    {
        bool exact = IsExact(chosen);
        return plan with
        {
            PolishStep = chosen.Step,
            PolishIterations = exact ? null : Steps(chosen.Watch),
            TrainingResidual = chosen.Watch.BestProgress.RelativeResidual,
            Fit = exact ? FitQuality.Exact
                : _largerIsBetter ? FitQuality.RankTooSmall
                : chosen.Rank == _width && _width < LargestRank ? FitQuality.AllColumnsInUse
                : IsAtNoiseLevel(chosen.Watch, chosen.Rank) ? FitQuality.AtNoiseLevel
                : FitQuality.Poor,
        };
    }

    /// <summary>
    /// As many steps as served the prediction best; but where the whole run predicts about as well, it is the fit that has
    /// settled, and the best of its steps is chance.
    /// </summary>
    private static int Steps(HoldOutObserver<T> watch)
    {
        (double mean, double standardError) = RankChoice.MeanDifference(watch.LastSquares, watch.Squares);
        return mean <= SettledShare * standardError ? watch.LastIteration : watch.BestProgress.Iteration;
    }

    /// <summary>
    /// A least-squares fit of d parameters to m measurements with noise leaves a residual that, on new measurements,
    /// becomes m / (m - d) times as large (as norms). Within a factor 2 of that (as squares), or six standard deviations
    /// of a mean of so few squares, and with more than half of the held-out energy explained, beyond three standard errors,
    /// the rest is noise as far as predictions can tell.
    /// </summary>
    private bool IsAtNoiseLevel(HoldOutObserver<T> watch, int rank)
    {
        double free = _holdOut.Training.Operator.MeasurementCount - _problem.DegreesOfFreedom(rank);
        if (free <= 0)
        {
            return false;
        }

        double expected = watch.BestProgress.RelativeResidual * _holdOut.Training.Operator.MeasurementCount / free;
        (double mean, double standardError) = RankChoice.MeanDifference(watch.Squares, []);
        bool explained = _holdOut.Count * (mean + (3 * standardError)) < 0.5;

        // Predicting better than fitting is no noise either: some training measurements are not fitted at all.
        bool sound = watch.BestResidual >= 0.5 * watch.BestProgress.RelativeResidual;
        double factor = Math.Max(2, 1 + (6 * Math.Sqrt(2.0 / _holdOut.Count)));
        return explained && sound && watch.BestResidual * watch.BestResidual <= factor * expected * expected;
    }
}
