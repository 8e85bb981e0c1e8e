using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// X_(t+1) = Z_t - eta grad(Z_t) and Z_(t+1) = X_(t+1) + (a_t - 1) / a_(t+1) (X_(t+1) - X_t) for both factors at once, with
/// grad = (G R, G^T L), G = A*(A(L R^T) - y) / s^2, a_(t+1) = (1 + sqrt(1 + 4 a_t^2)) / 2: Nesterov's descent, restarted at
/// a = 1 whenever &lt;grad(Z_t), X_(t+1) - X_t&gt; is positive.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1; random start of scale 1e-3; any factor width, by default the
/// problem's rank or else what the measurements can bear. The iterate is Z, where loss and gradient are known.</para>
/// <para>Near the solution the number of iterations grows with the root of the condition number only. The loss may rise
/// between restarts.</para>
/// <para>Takes no rule that looks along the gradient (Armijo, exact, Barzilai-Borwein, Polyak): with momentum the way from
/// iterate to iterate is not the gradient, and the loss need not fall along it.</para>
/// <para>Cost of a step: one operator call and 8 (n1 + n2) k flops. Allocation: none.</para>
/// <para>Reference: Nesterov 1983; O'Donoghue, Candes, Foundations of Computational Mathematics 15, 2015, the gradient scheme
/// of restarts; here on the factors.</para>
/// </remarks>
public sealed class AcceleratedGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public AcceleratedGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.25)).Plain(nameof(AcceleratedGradientDescent<>));
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Random, 1e-3);
        _work.AddTrail();
    }

    /// <inheritdoc/>
    public string Name => "accelerated-gradient-descent";

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
        FactorSlot<T> here = _work.Here;
        double step = _stepSize.StepFor(_work.Sigma1);
        _work.MoveAlongGradient(step);
        bool turned = here.Gradients.DotDifference(_work.Next.Factors, here.Trail) > 0;
        double older = turned ? 1 : Math.Max(here.Memory, 1);
        double newer = turned ? 1 : (1 + Math.Sqrt(1 + (4 * older * older))) / 2;
        _work.ArriveWithMomentum(step, (older - 1) / newer);
        _work.Here.Memory = newer;
        return SolveStatus.Running;
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
