using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta G R and R &#8592; R - eta G^T L with G = A*(A(L R^T) - y) / s^2, and once, as soon as the relative residual is
/// below the trigger: L = A S B^T (thin SVD), L &#8592; beta A, R &#8592; (R B) S / beta, eta &#8592; 0.5 / max(||L||_2, ||R||_2)^2.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1, until then; random start of scale 0.1 for L and a third of it for
/// R (InitialRatio); trigger RebalanceBelow, by default 0.1; beta = RebalanceTo, by default sqrt(sigma1). Any factor width,
/// by default the problem's rank or else what the measurements can bear.</para>
/// <para>Unbalanced factors make descent with too many columns linear, at a pace of initial scale squared; the one step, which
/// leaves L R^T as it is, makes that pace independent of the scale. The theory takes beta near sqrt(sigma_r); sqrt(sigma1)
/// needs no knowledge of sigma_r and allows the longest steps. What is still outside the columns of L then shrinks by
/// (sigma_r / sigma1)^2 / 2 a step, so it is for condition numbers near 1. Re-balancing is an iteration of its own.</para>
/// <para>Takes no rule that looks along the gradient (Armijo, exact, Barzilai-Borwein, Polyak): the step size after
/// re-balancing follows from the norms of the new factors, and is part of the method.</para>
/// <para>Cost of a step: one operator call and 2 (n1 + n2) k flops; of re-balancing about 50 n1 k^2 more. Allocation: none.</para>
/// <para>Reference: Xiong, Ding, Du, ICLR 2024 (arXiv 2310.01769), equation (26), (5.1) of the proceedings.</para>
/// </remarks>
public sealed class RebalancedGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly OneStepRebalancing<T> _rebalancing;
    private readonly StepSizeRule _stepSize;
    private readonly double _trigger;
    private readonly double? _level;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public RebalancedGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        options = options with { InitialRatio = options.InitialRatio ?? (1.0 / 3) };
        int width = FactorWidth.Of(problem, options);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.25)).Plain(nameof(RebalancedGradientDescent<>));
        _trigger = options.RebalanceBelow ?? 0.1;
        _level = options.RebalanceTo;
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Random, 0.1);
        _rebalancing = new OneStepRebalancing<T>(problem.Operator, width);
    }

    /// <inheritdoc/>
    public string Name => "rebalanced-gradient-descent";

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

        // The new step size is kept with the iterate; without one the re-balancing is still to come.
        double step = _work.Here.Memory;
        double level = _level ?? Math.Sqrt(_work.Sigma1);
        if (step > 0)
        {
            _work.DescendGradient(step);
        }
        else if (_work.RelativeResidual < _trigger && level > 0)
        {
            step = _rebalancing.Apply(_work, level);
            _work.Arrive(step, damping: 0);
        }
        else
        {
            _work.DescendGradient(_stepSize.StepFor(_work.Sigma1));
        }

        _work.Here.Memory = step;
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
    public void Dispose()
    {
        _work.Dispose();
        _rebalancing.Dispose();
    }
}
