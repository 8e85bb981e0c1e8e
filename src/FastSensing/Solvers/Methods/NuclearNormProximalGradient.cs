using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Projections;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// X &#8592; prox_(eta mu)(Y - eta A*(A(Y) - y) / s^2) with Y = X + (t - 1) / t_next (X - X_before): accelerated proximal
/// gradient descent (APGM) on 1/2 ||A(X) - y||^2 / s^2 + mu ||X||_*, with mu falling from step to step.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>prox_t takes t off all singular values, and off all eigenvalues over the cone of positive semidefinite matrices;
/// what would become negative becomes 0. Convex: no rank, no start matters. eta = StepSize / L with L = ||A||^2 / s^2
/// estimated, by default 1 / L; mu = sigma1 max(0.5 0.95^k, 1e-8); start at X = 0.</para>
/// <para>For few measurements of a matrix of low rank whose rank is not known; the floor of mu leaves an error of that
/// order. Cost of a step: one operator call and a full decomposition; the first start costs 16 operator calls more.
/// Allocation: none.</para>
/// <para>Reference: Toh, Yun, Pacific Journal of Optimization 6, 2010; Beck, Teboulle 2009 for the acceleration.</para>
/// </remarks>
public sealed class NuclearNormProximalGradient<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double FirstShare = 0.5;
    private const double Decay = 0.95;
    private const double LastShare = 1e-8;

    private readonly MatrixWorkspace<T> _work;
    private readonly SpectralShrinkage<T> _shrinkage;
    private readonly OperatorNorm<T> _norm;
    private readonly AlignedBuffer<T> _point;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="structure">General, or Symmetric for the positive semidefinite cone; a problem of the other structure is refused.</param>
    /// <param name="options">Numbers and rules, or null for the defaults; a width is checked but means nothing here.</param>
    public NuclearNormProximalGradient(SensingProblem<T> problem, MatrixStructure structure, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Full(problem, options);
        _work = new MatrixWorkspace<T>(problem, structure, width, options, FactorStart.Random);
        _shrinkage = new SpectralShrinkage<T>(problem.Operator, structure);
        _norm = new OperatorNorm<T>(problem);
        _point = new AlignedBuffer<T>(Scratch<T>.LengthOf(problem.Operator.Rows, problem.Operator.Columns));
        _stepSize = (options.StepSize ?? new RelativeStepSize(1)).Plain(nameof(NuclearNormProximalGradient<>));
    }

    /// <inheritdoc/>
    public string Name => Problem.Structure == MatrixStructure.Symmetric
        ? "semidefinite-nuclear-norm-proximal-gradient"
        : "nuclear-norm-proximal-gradient";

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
        int k = _work.Iteration;
        double curvature = _norm.Squared;
        if (!double.IsFinite(curvature))
        {
            return SolveStatus.Breakdown;
        }

        double step = _stepSize.StepFor(curvature);
        double mu = _work.Sigma1 * Math.Max(FirstShare * Math.Pow(Decay, k), LastShare);
        MatrixSpan<T> point = _point.Matrix(Problem.Operator.Rows, Problem.Operator.Columns);
        _work.Descend(step, Momentum(k), point);
        return _shrinkage.Apply(point, mu * step, _work, step);
    }

    /// <inheritdoc/>
    public void Revert() => _work.Revert();

    /// <inheritdoc/>
    public void Restart(ReadOnlySpan<T> measurements) => _work.Restart(measurements);

    /// <inheritdoc/>
    public void ContinueWith(ReadOnlySpan<T> measurements) => _work.ContinueWith(measurements);

    /// <inheritdoc/>
    public void Exchange(MethodState<T> state) => _work.Exchange(state, hasMomentum: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _shrinkage.Dispose();
        _norm.Dispose();
        _point.Dispose();
    }

    /// <summary>(t - 1) / t_next with t_k = (k + 1) / 2, to which Nesterov's sequence tends; 0 in the first step.</summary>
    private static double Momentum(int k) => k == 0 ? 0 : (k - 1.0) / (k + 2.0);
}
