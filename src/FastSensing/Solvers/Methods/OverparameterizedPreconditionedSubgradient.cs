using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta S R (R^T R + lambda I)^-1 and R &#8592; R - eta S^T L (L^T L + lambda I)^-1, both from the old L and R, with
/// S = A*(sign(A(L R^T) - y)) and the step of Polyak: OPSA, for a rank that is not known and measurements some of which
/// are grossly wrong.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>lambda by default sigma1 times the ratio of the medians of residual and measurements (the authors' programs fix it at
/// 2, twice the least singular value of their X, and start from 2 U sqrt(S) and V sqrt(S) / 2); any
/// factor width, by default the problem's rank or else what the measurements can bear; spectral start from the measurements
/// below 4.45 medians, a random one of scale 1 for more than min(n1, n2) columns. Step and start as in
/// <see cref="ScaledSubgradientMethod{T}"/>; so are, not from the paper either, the estimate of f - f* and the steps that
/// shrink by 0.7 whenever ten of them have not lowered it by a per cent.</para>
/// <para>Cost of a step: two operator calls (one forward, one adjoint), a sort of m numbers, about 4 (n1 + n2) k^2 flops.
/// Allocation: none.</para>
/// <para>Reference: Giampouras, Cai, Vidal, ICML 2025 (arXiv 2410.16826), OPSA with Polyak's step.</para>
/// </remarks>
public sealed class OverparameterizedPreconditionedSubgradient<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RobustWorkspace<T> _work;
    private readonly DampingRule _damping;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public OverparameterizedPreconditionedSubgradient(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        bool fits = width <= Math.Min(problem.Operator.Rows, problem.Operator.Columns);
        _work = new RobustWorkspace<T>(problem, width, options, fits ? FactorStart.Spectral : FactorStart.Random);
        _damping = options.Damping ?? new ResidualDamping(1);
    }

    /// <inheritdoc/>
    public string Name => "overparameterized-preconditioned-subgradient";

    /// <inheritdoc/>
    public SensingProblem<T> Problem => _work.Problem;

    /// <inheritdoc/>
    public IterationInfo<T> Current => _work.Current;

    /// <inheritdoc/>
    public void Initialize() => _work.Initialize();

    /// <inheritdoc/>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right) => _work.InitializeAt(left, right);

    /// <inheritdoc/>
    public SolveStatus Step() => _work.Step(RobustLoss.Absolute, _damping);

    /// <inheritdoc/>
    public void Revert() => _work.Revert();

    /// <inheritdoc/>
    public void Restart(ReadOnlySpan<T> measurements) => _work.Restart(measurements);

    /// <inheritdoc/>
    public void ContinueWith(ReadOnlySpan<T> measurements) => _work.ContinueWith(measurements);

    /// <inheritdoc/>
    public void Exchange(MethodState<T> state) => _work.Exchange(state);

    /// <inheritdoc/>
    public void Dispose() => _work.Dispose();
}
