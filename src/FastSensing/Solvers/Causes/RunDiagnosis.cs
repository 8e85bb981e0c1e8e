using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Diagnostics;
using FastSensing.Initialization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Causes;

/// <summary>
/// Watches a run and says afterwards what most likely kept it from finding X: give it to <see cref="RunOptions{T}"/>, and
/// the result carries the sentence.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>While the run lasts it records the residuals only. Asked, it looks at the last iterate: its singular values, its
/// gradient and the spectral norm of A*(res), which noise leaves near ||res|| (n1^(1/2) + n2^(1/2)) s / m^(1/2) and what is
/// missing of X makes larger.</para>
/// <para>A method that takes single entries with a constant step does not come to rest on noise: it counts as at rest once
/// the later half of its passes went no lower than the earlier half.</para>
/// <para>Cost: at the end two operator calls and two spectral estimates. Allocation: at construction and at the end.</para>
/// </remarks>
public sealed class RunDiagnosis<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Recorded = 512;

    /// <summary>Singular values below this share of the largest do not count for the rank that was found.</summary>
    private const double Negligible = 1e-2;

    /// <summary>A residual that grows by no more than this share has not risen.</summary>
    private const double Level = 1e-6;

    /// <summary>The same of passes over single entries: where no X fits them all, a pass ends somewhere near the best one.</summary>
    private const double LevelOfPasses = 1e-2;

    private readonly SensingProblem<T> _problem;
    private readonly Trace<T> _trace = new(Recorded);
    private readonly GramSpectrum _gram;
    private readonly bool _needsRank;
    private readonly bool _byPasses;
    private bool _begun;
    private double _startSize;
    private double _startImbalance;
    private double _lowest;

    /// <summary>Takes the memory.</summary>
    /// <param name="method">The method that is going to run.</param>
    public RunDiagnosis(IIterativeMethod<T> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        _problem = method.Problem;
        _gram = new GramSpectrum(method.Current.Left.Columns);
        foreach (MethodDescription<T> row in MethodCatalog<T>.All)
        {
            if (row.Name == method.Name)
            {
                _needsRank = row.Rank == RankKnowledge.Exact;
                _byPasses = row.NeedsEntries;
            }
        }
    }

    /// <summary>The cause that was found last.</summary>
    public RunCause Cause { get; private set; }

    internal RunEvidence Evidence { get; private set; }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        if (!_begun)
        {
            _trace.Clear();
            _startSize = 0.5 * (_gram.OfFactor(info.Left)[0] + _gram.OfFactor(info.Right)[0]);
            _startImbalance = _gram.ImbalanceNorm(info.Left, info.Right);
            _lowest = double.PositiveInfinity;
            _begun = true;
        }

        _lowest = Math.Min(_lowest, info.Progress.RelativeResidual);
        return _trace.Observe(info);
    }

    /// <summary>The cause and the remedy, or null where nothing is wrong. The next iterate it sees begins a new run.</summary>
    /// <param name="result">The result of the run that was watched.</param>
    public string? Explain(in SolveResult<T> result)
    {
        _begun = false;
        if (_trace.Count == 0)
        {
            Cause = RunCause.None;
            return null;
        }

        Evidence = Gather(result);
        Cause = CauseFinder.Of(Evidence);
        return CauseText.Of(Cause, Evidence);
    }

    private RunEvidence Gather(in SolveResult<T> result)
    {
        IMeasurementOperator<T> op = _problem.Operator;
        int width = result.Rank;
        ProductSvd<T> svd = new(op.Blas, op.Rows, op.Columns, width);
        svd.Decompose(result.Left, result.Right);
        double[] values = new double[width];
        for (int i = 0; i < width; i++)
        {
            values[i] = double.CreateTruncating(svd.Values[i]);
        }

        using GradientProbe<T> probe = new(_problem, width);
        probe.Evaluate(result.Left, result.Right);
        (double sigma1, double missing) = LargestSingularValues(probe);
        double noise = probe.ResidualNorm() * NoiseGain(op);
        double leftNorm = _gram.OfFactor(result.Left)[0];
        double rightNorm = _gram.OfFactor(result.Right)[0];
        double imbalance = _gram.ImbalanceNorm(result.Left, result.Right);
        int found = Count(values, Negligible * values[0]);
        IterationProgress last = _trace.Points[^1].Progress;
        (double share, int damped) = DampingShares(result, last.Damping, values, last.RelativeResidual);
        return new RunEvidence
        {
            Status = result.Status,
            Width = width,
            NeedsRank = _needsRank,
            LargestRank = Math.Min(op.Rows, op.Columns),
            Measurements = op.MeasurementCount,
            FoundRank = found,
            FoundFreedom = _problem.DegreesOfFreedom(found),
            StepSize = last.StepSize,
            Damping = last.Damping / sigma1,
            StartSize = _startSize / sigma1,
            FirstResidual = _trace.Points[0].Progress.RelativeResidual,
            LowestResidual = _lowest,
            LastResidual = last.RelativeResidual,
            Rises = Rises(),
            Hovers = _byPasses && Hovers(),
            Imbalance = Ratio(imbalance, leftNorm + rightNorm),
            ImbalanceGrowth = Ratio(imbalance, _startImbalance),
            Gradient = Ratio(probe.GradientNorm(), probe.ResidualNorm() * Math.Sqrt(leftNorm + rightNorm)),
            Structure = Ratio(missing, noise),
            SmallestColumn = Ratio(values[^1], missing),
            SignalShare = share,
            DampedColumns = damped,
            Rate = Rate(),
        };
    }

    /// <summary>||A*(y)||_2 / s^2 and ||A*(res)||_2 / s^2.</summary>
    private (double Measured, double Missing) LargestSingularValues(GradientProbe<T> probe)
    {
        using SpectralEstimate<T> spectrum = new(_problem, 1, seed: 0);
        spectrum.Compute(_problem.Measurements.Span);
        double measured = spectrum.Sigma1;
        spectrum.Compute(probe.Residual);
        return (measured, Math.ScaleB(spectrum.Sigma1, probe.Exponent));
    }

    private static double Ratio(double part, double whole) => part == 0 ? 0 : part / whole;

    private static int Count(double[] values, double threshold)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += value > threshold ? 1 : 0;
        }

        return count;
    }

    /// <summary>E ||A*(z)||_2 / (s ||z||) for noise z.</summary>
    private double NoiseGain(IMeasurementOperator<T> op) => _problem.Structure == MatrixStructure.Symmetric
        ? Math.Sqrt(2.0 * op.Rows / op.MeasurementCount)
        : (Math.Sqrt(op.Rows) + Math.Sqrt(op.Columns)) / Math.Sqrt(op.MeasurementCount);

    /// <summary>The largest share of a direction above the residual, and how many of the others are damped by more than half.</summary>
    private (double Signal, int Damped) DampingShares(in SolveResult<T> result, double damping, double[] values, double residual)
    {
        if (!(damping > 0))
        {
            return (0, 0);
        }

        (double signal, int damped) = (0, 0);
        double[] left = _gram.OfFactor(result.Left).ToArray();
        ReadOnlySpan<double> right = _gram.OfFactor(result.Right);
        double level = Math.Max(residual, Negligible) * values[0];
        for (int i = 0; i < values.Length; i++)
        {
            double share = damping / (Math.Min(left[i], right[i]) + damping);
            signal = values[i] > level ? Math.Max(signal, share) : signal;
            damped += values[i] <= level && share > 0.5 ? 1 : 0;
        }

        return (signal, damped);
    }

    private double Rises()
    {
        double level = _byPasses ? LevelOfPasses : Level;
        ReadOnlySpan<TracePoint> points = _trace.Points;
        int rises = 0;
        int steps = 0;
        for (int i = (points.Length / 2) + 1; i < points.Length; i++)
        {
            steps++;
            rises += points[i].Progress.RelativeResidual > points[i - 1].Progress.RelativeResidual * (1 + level) ? 1 : 0;
        }

        return (double)rises / Math.Max(1, steps);
    }

    /// <summary>Whether the later half went no lower than the earlier one.</summary>
    private bool Hovers()
    {
        ReadOnlySpan<TracePoint> points = _trace.Points;
        double earlier = double.PositiveInfinity;
        double later = double.PositiveInfinity;
        for (int i = 0; i < points.Length; i++)
        {
            ref double half = ref i <= points.Length / 2 ? ref earlier : ref later;
            half = Math.Min(half, points[i].Progress.RelativeResidual);
        }

        return later > (1 - LevelOfPasses) * earlier;
    }

    private ConvergenceRate? Rate()
    {
        ReadOnlySpan<TracePoint> points = _trace.Points[(_trace.Count / 2)..];
        double[] times = new double[points.Length];
        double[] residuals = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            times[i] = points[i].Progress.Iteration;
            residuals[i] = points[i].Progress.RelativeResidual;
            if (!(times[i] > 0 && residuals[i] > 0 && double.IsFinite(residuals[i])))
            {
                return null;
            }
        }

        return points.Length < 3 ? null : ConvergenceRate.Fit(times, residuals);
    }
}
