using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta S R (R^T R)^-1 and R &#8592; R - eta S^T L (L^T L)^-1, both from the old L and R, with S = A*(sign(A(L R^T) - y))
/// and the step of Polyak: the scaled subgradient method on ||A(L R^T) - y||_1, for a known rank and measurements some of
/// which are grossly wrong; with <see cref="RobustLoss.Huber"/> its smooth sister.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Spectral start from the measurements below 4.45 medians; no step size: eta = (f - f*) / (tr S R (R^T R)^-1 R^T S^T +
/// tr S^T L (L^T L)^-1 L^T S), where f - f* is the loss of the residuals up to three medians, so that nothing need be known
/// of the outliers. The width is the rank. Linear convergence at a pace that does not depend on the condition number, to the exact
/// X with up to a fifth of the measurements arbitrarily wrong. The relative residual then stays at the size of the outliers:
/// stop when it stalls.</para>
/// <para>Not from the paper, which knows f*: this estimate of f - f*, and steps that shrink by 0.7, for good, whenever ten of
/// them have not lowered it by a per cent, as it happens with noise beside the outliers.</para>
/// <para>Cost of a step: two operator calls (one forward, one adjoint), a sort of m numbers, about 4 (n1 + n2) k^2 flops.
/// Allocation: none.</para>
/// <para>Reference: Tong, Ma, Chi, IEEE Transactions on Signal Processing 69, 2021 (arXiv 2010.13364), the scaled subgradient
/// method with Polyak's step.</para>
/// </remarks>
public sealed class ScaledSubgradientMethod<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ConstantDamping s_none = new(0);

    private readonly RobustWorkspace<T> _work;
    private readonly RobustLoss _loss;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    /// <param name="loss">What the residuals are summed by.</param>
    public ScaledSubgradientMethod(SensingProblem<T> problem, MethodOptions? options = null, RobustLoss loss = RobustLoss.Absolute)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Exact(problem, options, nameof(ScaledSubgradientMethod<>));
        _work = new RobustWorkspace<T>(problem, width, options, FactorStart.Spectral);
        _loss = loss;
    }

    /// <inheritdoc/>
    public string Name => _loss == RobustLoss.Absolute ? "scaled-subgradient-method" : "scaled-huber-descent";

    /// <inheritdoc/>
    public SensingProblem<T> Problem => _work.Problem;

    /// <inheritdoc/>
    public IterationInfo<T> Current => _work.Current;

    /// <inheritdoc/>
    public void Initialize() => _work.Initialize();

    /// <inheritdoc/>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right) => _work.InitializeAt(left, right);

    /// <inheritdoc/>
    public SolveStatus Step() => _work.Step(_loss, s_none);

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
