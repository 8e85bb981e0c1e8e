using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Preconditioners;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// What the robust methods share: a start from the measurements that are no obvious outliers, and the step
/// L &#8592; L - eta S R (R^T R + lambda I)^-1, R &#8592; R - eta S^T L (L^T L + lambda I)^-1 with S = A*(slope of the loss) and the
/// step of Polyak, eta = (f - f*) / (the decrease of f by a unit step).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// f - f* is estimated: the loss of the residuals up to three medians. Where noise keeps it up, as no drop within ten steps
/// tells, the steps shrink by 0.7, again and again. Cost of a step: two operator calls, one forward and one adjoint, and a
/// sort of m numbers. Allocation: at construction only.
/// </remarks>
internal sealed class RobustWorkspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Measurements above so many medians are left out of the start: three standard deviations of normal numbers.</summary>
    private const double TrimMedians = 4.45;

    private readonly FactorWorkspace<T> _work;
    private readonly StartingPoint<T> _start;
    private readonly GramPreconditioner<T> _leftGram;
    private readonly GramPreconditioner<T> _rightGram;
    private readonly AlignedBuffer<T> _scratch;
    private readonly RobustResidual<T> _residual;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly int _rankSought;
    private T _measurementMedian;
    private (double Share, double Lowest, int Since) _pace;
    private (double Share, double Lowest, int Since) _paceBefore;
    private bool _atStart;
    private bool _started;

    public RobustWorkspace(SensingProblem<T> problem, int width, MethodOptions options, FactorStart defaultStart)
    {
        IMeasurementOperator<T> op = problem.Operator;
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Random, 1);
        _work.Loss.OmitsGradients = true;
        _rankSought = options.RankSought(problem.Rank ?? width);
        _start = new StartingPoint<T>(problem, width, options.StartOr(defaultStart, 1, _rankSought));
        _leftGram = new GramPreconditioner<T>(op.Blas, width);
        _rightGram = new GramPreconditioner<T>(op.Blas, width);
        _scratch = new AlignedBuffer<T>(op.ScratchLength(width));
        _residual = new RobustResidual<T>(op.MeasurementCount);
        _inverseSquaredScale = InverseSquare.Of(op.ScaleFor(MatrixStructure.General));
    }

    public SensingProblem<T> Problem => _work.Problem;

    public IterationInfo<T> Current => _work.Current;

    // 2^e y' = y with the y' of the workspace.
    private int Exponent => _work.Loss.Exponent;

    public void Initialize()
    {
        if (_atStart)
        {
            return;
        }

        Estimate();
        FactorBuffer<T> start = _work.Next.Factors;
        _start.Fill(start.Left, start.Right);
        start.Scale(Exponent / 2);
        _work.InitializeAt(start.Left, start.Right);
        (_atStart, _started) = (true, true);
    }

    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        Estimate();
        _work.InitializeAt(left, right);
        (_atStart, _started) = (true, true);
    }

    public void Restart(ReadOnlySpan<T> measurements)
    {
        _work.Restart(measurements);
        _atStart = false;
        Initialize();
    }

    public void ContinueWith(ReadOnlySpan<T> measurements)
    {
        if (!_started)
        {
            Restart(measurements);
            return;
        }

        _work.ContinueWith(measurements);
        Estimate();
        _atStart = true;
    }

    public SolveStatus Step(RobustLoss loss, DampingRule damping)
    {
        _work.RequireEvaluated();
        ReadOnlySpan<T> residual = _work.Here.Residual;
        T median = _residual.Median(residual);
        double relative = double.CreateTruncating(_measurementMedian > T.Zero ? median / _measurementMedian : median);
        double sigma1 = Math.ScaleB(_start.Sigma1, Exponent);
        double sigmaR = Math.ScaleB(_start.SingularValue(_rankSought), Exponent);
        double lambda = damping.DampingFor(_work.DampingState with { Sigma1 = sigma1, SigmaR = sigmaR, RelativeResidual = relative });
        double gap = _residual.Slope(loss, residual, median);
        FactorBuffer<T> slope = _work.Next.Gradients;
        Problem.Operator.AdjointProducts(
            _residual.Values, new FactorPair<T>(_work.Left, _work.Right), slope.Left, slope.Right, _scratch.Span);
        slope.Scale(_inverseSquaredScale.Exponent);
        double shift = _work.Loss.ToUnits(lambda);
        if (_rightGram.Factor(_work.Right, shift) != SolveStatus.Running || _leftGram.Factor(_work.Left, shift) != SolveStatus.Running)
        {
            return SolveStatus.Breakdown;
        }

        _rightGram.Apply(slope.Left, _work.NextLeft);
        _leftGram.Apply(slope.Right, _work.NextRight);
        double decrease = Dot(slope.Left, _work.NextLeft) + Dot(slope.Right, _work.NextRight);
        Pace(gap);
        double step = decrease > 0 ? _pace.Share * gap / decrease : decrease;
        _atStart = false;
        return _work.Descend(step / _inverseSquaredScale.Rest, lambda);
    }

    public void Revert()
    {
        _work.Revert();
        _pace = _paceBefore;
    }

    public void Exchange(MethodState<T> state)
    {
        _work.Exchange(state);
        (double share, double lowest, int since) = _pace;
        state.Number("stepShare", ref share);
        state.Number("lowestGap", ref lowest);
        state.Integer("stepsSince", ref since);
        if (state.IsRestoring)
        {
            Estimate();
            _pace = _paceBefore = (share, lowest, since);
            (_atStart, _started) = (true, true);
        }
    }

    public void Dispose()
    {
        _work.Dispose();
        _start.Dispose();
        _leftGram.Dispose();
        _rightGram.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Shorter steps once ten of them have not lowered the gap by a per cent.</summary>
    private void Pace(double gap)
    {
        const int patience = 10;
        _paceBefore = _pace;
        (double share, double lowest, int since) = _pace;
        _pace = gap < 0.99 * lowest ? (share, gap, 0) : since + 1 < patience ? (share, lowest, since + 1) : (0.7 * share, lowest, 0);
    }

    /// <summary>The spectrum that the start is made of, without what must be outliers.</summary>
    private void Estimate()
    {
        ReadOnlySpan<T> measurements = _work.Measurements;
        _pace = _paceBefore = (1, double.MaxValue, 0);
        _measurementMedian = _residual.Median(measurements);
        T most = _measurementMedian > T.Zero ? T.CreateTruncating(TrimMedians) * _measurementMedian : T.PositiveInfinity;
        Span<T> trimmed = _residual.Values;
        for (int i = 0; i < trimmed.Length; i++)
        {
            trimmed[i] = T.Abs(measurements[i]) <= most ? measurements[i] : T.Zero;
        }

        _start.Estimate(trimmed);
    }

    private static double Dot(ReadOnlyMatrixSpan<T> x, ReadOnlyMatrixSpan<T> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            sum += double.CreateTruncating(Level1.Dot(x.Row(i), y.Row(i)));
        }

        return sum;
    }
}
