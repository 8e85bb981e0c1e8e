using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta G R and R &#8592; R - eta G^T L, both from the old L and R, with G = A*(A(L R^T) - y) / s^2:
/// gradient descent on 1/2 ||A(L R^T) - y||^2 / s^2 without any balancing term.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1; random start of scale 1e-4; any factor width, by default the
/// problem's rank or else what the measurements can bear.</para>
/// <para>From a small start it first aligns with the leading singular spaces, then grows the signal, then refines, down
/// to an error that is a power of the initial scale. L^T L - R^T R changes by O(eta^2) a step only.</para>
/// <para>Serves every rule for the step size, also those that look along the gradient.</para>
/// <para>Cost of a step: one operator call (for a rule that looks ahead what it declares) and 2 (n1 + n2) k flops. Allocation: none.</para>
/// <para>Reference: Soltanolkotabi, Stoger, Xie, COLT 2023 (arXiv 2303.14244); Xiong, Ding, Du, ICLR 2024
/// (arXiv 2310.01769), the asymmetric update.</para>
/// </remarks>
public sealed class FactorizedGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly IGradientStep _step;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public FactorizedGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Random, 1e-4);
        _step = GradientSteps.Bind(options.StepSize ?? new RelativeStepSize(0.25), _work);
    }

    /// <inheritdoc/>
    public string Name => "factorized-gradient-descent";

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
        return _step.Descend();
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
        _step.Dispose();
    }
}
