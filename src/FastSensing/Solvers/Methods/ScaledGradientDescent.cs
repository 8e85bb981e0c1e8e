using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Preconditioners;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta G R (R^T R)^-1 and R &#8592; R - eta G^T L (L^T L)^-1, both from the old L and R, with
/// G = A*(A(L R^T) - y) / s^2: ScaledGD, for a known rank.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize, by default 0.5; spectral start; the width is the rank and at most min(n1, n2).</para>
/// <para>Linear convergence at a pace that does not depend on the condition number. With more columns than the rank the
/// Gram matrices become singular: that is a Breakdown, and the damped methods are for it.</para>
/// <para>Cost of a step: one operator call and about 4 (n1 + n2) k^2 flops. Allocation: none.</para>
/// <para>Reference: Tong, Ma, Chi, Journal of Machine Learning Research 22, 2021 (arXiv 2005.08898), Algorithm 1.</para>
/// </remarks>
public sealed class ScaledGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly PairPreconditioner<T> _preconditioner;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public ScaledGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Exact(problem, options, nameof(ScaledGradientDescent<>));
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Spectral, 1);
        _preconditioner = new PairPreconditioner<T>(problem.Operator.Blas, width);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.5)).Plain(nameof(ScaledGradientDescent<>));
    }

    /// <inheritdoc/>
    public string Name => "scaled-gradient-descent";

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
        const double damping = 0;
        double step = _stepSize.StepFor(1);
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
