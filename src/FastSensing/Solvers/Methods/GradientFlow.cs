using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// dU/dt = - G U with G = sym(A*(A(U U^T) - y)) / s^2: gradient flow, gradient descent with steps of length zero, by
/// Runge-Kutta steps of Dormand and Prince whose length follows from an estimate of their error.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>A step of the method is an accepted step of the integrator; its StepSize is the time that passed. The error of a
/// step is at most IntegrationTolerance (1e-6) times each element of U, in the mean square; the residual ends at a multiple
/// of it. Random start of scale 1e-4; any factor width.</para>
/// <para>For what theory says of the flow, such as the solution of least nuclear norm that it is conjectured to find from a
/// small start; to solve a problem the descent methods are cheaper.</para>
/// <para>Cost of a step: six operator calls, and six more for each rejection, of which there are few. Allocation: none.</para>
/// <para>Reference: Gunasekar, Woodworth, Bhojanapalli, Neyshabur, Srebro, NeurIPS 2017 (arXiv 1705.09280); Hairer,
/// Norsett, Wanner, Solving Ordinary Differential Equations I, section II.4, for the control of the step.</para>
/// </remarks>
public sealed class GradientFlow<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double DefaultTolerance = 1e-6;
    private const double FirstStep = 0.1;
    private const double LongestStep = 1e3;
    private const int MaximumTrials = 40;

    private readonly FactorWorkspace<T> _work;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly AlignedBuffer<T>[] _slopes;
    private readonly double _tolerance;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public GradientFlow(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _work = new FactorWorkspace<T>(problem, MatrixStructure.Symmetric, width, options, FactorStart.Random, 1e-4);
        _inverseSquaredScale = InverseSquare.Of(problem.Operator.ScaleFor(MatrixStructure.Symmetric));
        _slopes = new AlignedBuffer<T>[DormandPrince.Slopes];
        for (int i = 0; i < _slopes.Length; i++)
        {
            _slopes[i] = new AlignedBuffer<T>(Scratch<T>.LengthOf(problem.Operator.Rows, width));
        }

        if (options.IntegrationTolerance is { } given && !(given > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The integration tolerance is {given}; it must be positive.");
        }

        // An element is no better than its rounding.
        double rounding = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        _tolerance = Math.Max(options.IntegrationTolerance ?? DefaultTolerance, 16 * rounding);
    }

    /// <inheritdoc/>
    public string Name => "gradient-flow";

    /// <inheritdoc/>
    public SensingProblem<T> Problem => _work.Problem;

    /// <inheritdoc/>
    public IterationInfo<T> Current => _work.Current;

    /// <inheritdoc/>
    public void Initialize() => _work.Initialize();

    /// <inheritdoc/>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right) => _work.InitializeAt(left, right);

    /// <inheritdoc/>
    public SolveStatus Step()
    {
        _work.RequireEvaluated();
        double rate = _work.Loss.ToUnits(_work.Sigma1);
        rate = rate > 0 ? rate : 1;

        // The length of the next step is kept with the iterate.
        double time = _work.Here.Memory > 0 ? _work.Here.Memory : FirstStep / rate;
        Keep(0);
        for (int trial = 0; trial < MaximumTrials; trial++)
        {
            double error = Try(time);
            double change = Math.Clamp(0.9 * Math.Pow(error, -0.2), 0.2, 5);
            if (error <= 1)
            {
                _work.Here.Memory = Math.Min(time * change, LongestStep / rate);
                return SolveStatus.Running;
            }

            _work.Revert();
            time *= double.IsFinite(error) ? change : 0.2;
        }

        return SolveStatus.Breakdown;
    }

    /// <inheritdoc/>
    public void Revert() => _work.Revert();

    /// <inheritdoc/>
    public void Restart(ReadOnlySpan<T> measurements) => _work.Restart(measurements);

    /// <inheritdoc/>
    public void ContinueWith(ReadOnlySpan<T> measurements) => _work.ContinueWith(measurements);

    /// <inheritdoc/>
    public void Exchange(MethodState<T> state) => _work.Exchange(state);

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        Array.ForEach(_slopes, static slope => slope.Dispose());
    }

    /// <summary>Goes a time ahead; returns the estimated error over the tolerated one, NaN where numbers gave out.</summary>
    private double Try(double time)
    {
        double length = Math.ScaleB(time * _inverseSquaredScale.Rest, _inverseSquaredScale.Exponent);
        for (int slope = 1; slope < DormandPrince.Slopes - 1; slope++)
        {
            MoveAlong(DormandPrince.Weights(slope), length);
            _work.Arrive(0, 0);
            Keep(slope);
            _work.Revert();
        }

        MoveAlong(DormandPrince.Weights(DormandPrince.Slopes - 1), length);
        _work.Arrive(_work.Loss.ToUnits(time), 0);
        Keep(DormandPrince.Slopes - 1);
        return RelativeError(length);
    }

    private MatrixSpan<T> Slope(int i) => _slopes[i].Matrix(Problem.Operator.Rows, _work.Width);

    private void Keep(int slope) => _work.LeftGradient.CopyTo(Slope(slope));

    /// <summary>next &#8592; current - length sum_j weights_j slope_j.</summary>
    private void MoveAlong(ReadOnlySpan<double> weights, double length)
    {
        MatrixSpan<T> next = _work.NextLeft;
        _work.Left.CopyTo(next);
        for (int j = 0; j < weights.Length; j++)
        {
            T factor = T.CreateTruncating(-length * weights[j]);
            for (int i = 0; i < next.Rows; i++)
            {
                Level1.Axpy(factor, Slope(j).Row(i), next.Row(i));
            }
        }
    }

    /// <summary>The root mean square of the errors over what is tolerated; the step was just made, so the next slot holds its beginning.</summary>
    private double RelativeError(double length)
    {
        MatrixSpan<T> error = Slope(1);
        double floor = 1e-3 * RootMeanSquare(_work.Left);
        double sum = 0;
        for (int i = 0; i < error.Rows; i++)
        {
            Combine(i, length);
            for (int j = 0; j < error.Columns; j++)
            {
                double size = Math.Max(Size(_work.Left[i, j]), Size(_work.NextLeft[i, j])) + floor;
                double share = Size(error[i, j]) / (_tolerance * size);
                sum += error[i, j] == T.Zero ? 0 : share * share;
            }
        }

        return Math.Sqrt(sum / ((double)error.Rows * error.Columns));
    }

    /// <summary>Row i of slope 1, which has no share in the error, &#8592; that of the error.</summary>
    private void Combine(int i, double length)
    {
        Span<T> row = Slope(1).Row(i);
        row.Clear();
        for (int j = 0; j < DormandPrince.Slopes; j++)
        {
            if (j != 1)
            {
                Level1.Axpy(T.CreateTruncating(length * DormandPrince.Error[j]), Slope(j).Row(i), row);
            }
        }
    }

    private static double RootMeanSquare(ReadOnlyMatrixSpan<T> matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                sum += Size(matrix[i, j]) * Size(matrix[i, j]);
            }
        }

        return Math.Sqrt(sum / ((double)matrix.Rows * matrix.Columns));
    }

    private static double Size(T value) => Math.Abs(double.CreateTruncating(value));
}
