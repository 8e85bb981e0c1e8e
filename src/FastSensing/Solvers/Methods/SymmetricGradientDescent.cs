using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// U &#8592; U - eta G U with G = sym(A*(A(U U^T) - y)) / s^2: gradient descent on 1/4 ||A(U U^T) - y||^2 / s^2.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1; random start of scale 1e-4; any factor width, by default the
/// problem's rank or else what the measurements can bear.</para>
/// <para>Converges linearly when the width is the rank, at the pace of the condition number; with more columns the
/// squared error falls like (k - r) / (2 eta t)^2 only.</para>
/// <para>Serves every rule for the step size, also those that look along the gradient.</para>
/// <para>Cost of a step: one operator call (for a rule that looks ahead what it declares) and 2 n k flops. Allocation: none.</para>
/// <para>Reference: Gunasekar, Woodworth, Bhojanapalli, Neyshabur, Srebro, NeurIPS 2017 (arXiv 1705.09280); the rates:
/// Xiong, Ding, Du, ICLR 2024 (arXiv 2310.01769).</para>
/// </remarks>
public sealed class SymmetricGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly IGradientStep _step;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public SymmetricGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _work = new FactorWorkspace<T>(problem, MatrixStructure.Symmetric, width, options, FactorStart.Random, 1e-4);
        _step = GradientSteps.Bind(options.StepSize ?? new RelativeStepSize(0.25), _work);
    }

    /// <inheritdoc/>
    public string Name => "symmetric-gradient-descent";

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
