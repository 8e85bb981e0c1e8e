using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Preconditioners;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta G R (R^T R + lambda I)^-1 and R &#8592; R - eta G^T L (L^T L + lambda I)^-1, both from the old L and R,
/// with G = A*(A(L R^T) - y) / s^2: ScaledGD(lambda) for general matrices.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize, by default 0.3; lambda by default sigma1 times the relative residual; random start of scale
/// 1e-3; any factor width, by default the problem's rank or else what the measurements can bear.</para>
/// <para>Cost of a step: one operator call and about 4 (n1 + n2) k^2 flops. Allocation: none.</para>
/// <para>Reference: the asymmetric form of Xu, Shen, Chi, Ma, ICML 2023 (arXiv 2302.01186), the update of
/// ScaledGD(lambda); equation (3) of Jia, Feng, Meng, Sun, NeurIPS 2024.</para>
/// </remarks>
public sealed class AsymmetricDampedScaledGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly PairPreconditioner<T> _preconditioner;
    private readonly StepSizeRule _stepSize;
    private readonly DampingRule _damping;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public AsymmetricDampedScaledGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
        : this(problem, options, DampedDefaults.ScaledGD.ForGeneral())
    {
    }

    private AsymmetricDampedScaledGradientDescent(SensingProblem<T> problem, MethodOptions? options, DampedDefaults defaults)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        Name = defaults.Name;
        _work = new FactorWorkspace<T>(
            problem, MatrixStructure.General, width, options, defaults.StartFor(problem, width), 1e-3);
        _preconditioner = new PairPreconditioner<T>(problem.Operator.Blas, width);
        _stepSize = (options.StepSize ?? new RelativeStepSize(defaults.StepSize)).Plain(nameof(AsymmetricDampedScaledGradientDescent<>));
        _damping = options.Damping ?? defaults.Damping;
    }

    /// <summary>
    /// PrecGD: the same update with lambda = sqrt(loss), eta = 0.5 and a spectral start (random for more than min(n1, n2)
    /// columns), unless the options say otherwise.
    /// </summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    /// <remarks>Reference: the asymmetric PrecGD of ICASSP 2024, after Zhang, Fattahi, Zhang, NeurIPS 2021 (arXiv 2504.09708).</remarks>
    public static AsymmetricDampedScaledGradientDescent<T> PrecGD(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new AsymmetricDampedScaledGradientDescent<T>(problem, options, DampedDefaults.PrecGD.ForGeneral());
    }

    /// <inheritdoc/>
    public string Name { get; }

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
        double step = _stepSize.StepFor(1);
        double damping = _damping.DampingFor(_work.DampingState);
        return _preconditioner.Apply(_work, damping) == SolveStatus.Running ? _work.Descend(step, damping) : SolveStatus.Breakdown;
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
        _preconditioner.Dispose();
    }
}
