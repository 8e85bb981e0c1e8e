using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// U_(t+1) = Z_t - eta G(Z_t) Z_t and Z_(t+1) = U_(t+1) + mu (U_(t+1) - U_t), with G(Z) = sym(A*(A(Z Z^T) - y)) / s^2: MiFGD.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1; mu = Momentum, by default 0.75; random start of scale 1e-3; any
/// factor width, by default the problem's rank or else what the measurements can bear. The iterate is Z, where loss and
/// gradient are known.</para>
/// <para>Takes no rule that looks along the gradient (Armijo, exact, Barzilai-Borwein, Polyak): with momentum the way from
/// iterate to iterate is not the gradient, and the loss need not fall along it.</para>
/// <para>Cost of a step: one operator call and 6 n k flops. Allocation: none.</para>
/// <para>Reference: Kim, Kollias, Kalev, Wei, Kyrillidis, "Fast quantum state reconstruction via accelerated non-convex
/// programming", 2021 (arXiv 2104.07006).</para>
/// </remarks>
public sealed class MomentumInspiredGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly StepSizeRule _stepSize;
    private readonly double _momentum;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public MomentumInspiredGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.25)).Plain(nameof(MomentumInspiredGradientDescent<>));
        _momentum = options.Momentum ?? 0.75;
        _work = new FactorWorkspace<T>(problem, MatrixStructure.Symmetric, width, options, FactorStart.Random, 1e-3);
        _work.AddTrail();
    }

    /// <inheritdoc/>
    public string Name => "momentum-inspired-gradient-descent";

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
        double step = _stepSize.StepFor(_work.Sigma1);
        _work.MoveAlongGradient(step);
        return _work.ArriveWithMomentum(step, _momentum);
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
    public void Dispose() => _work.Dispose();
}
