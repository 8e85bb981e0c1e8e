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
/// U &#8592; U - eta G U (U^T U + lambda I)^-1 with G = sym(A*(A(U U^T) - y)) / s^2: ScaledGD(lambda), for symmetric
/// positive semidefinite matrices of unknown rank.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize, by default 0.3; lambda by default sigma1 times the relative residual (the paper fixes it near
/// the smallest singular value sought, which is not known beforehand); random start of scale 1e-3; any factor width, by
/// default the problem's rank or else what the measurements can bear.</para>
/// <para>From a small start with a suitable lambda the number of iterations does not grow with the condition number.
/// Superfluous columns below sqrt(lambda) fade slowly, like lambda / (2 eta t): follow up at the exact rank for more
/// digits.</para>
/// <para>Cost of a step: one operator call and about 4 n k^2 flops. Allocation: none.</para>
/// <para>Reference: Xu, Shen, Chi, Ma, ICML 2023 (arXiv 2302.01186), the update of
/// ScaledGD(lambda); equation (3) of Jia, Feng, Meng, Sun, NeurIPS 2024.</para>
/// </remarks>
public sealed class DampedScaledGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly GramPreconditioner<T> _gram;
    private readonly StepSizeRule _stepSize;
    private readonly DampingRule _damping;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public DampedScaledGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
        : this(problem, options, DampedDefaults.ScaledGD)
    {
    }

    private DampedScaledGradientDescent(SensingProblem<T> problem, MethodOptions? options, DampedDefaults defaults)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        Name = defaults.Name;
        _work = new FactorWorkspace<T>(
            problem, MatrixStructure.Symmetric, width, options, defaults.StartFor(problem, width), 1e-3);
        _gram = new GramPreconditioner<T>(problem.Operator.Blas, width);
        _stepSize = (options.StepSize ?? new RelativeStepSize(defaults.StepSize)).Plain(nameof(DampedScaledGradientDescent<>));
        _damping = options.Damping ?? defaults.Damping;
    }

    /// <summary>
    /// PrecGD: the same update with lambda = sqrt(loss), eta = 0.5 and a spectral start (random for more than min(n1, n2)
    /// columns), unless the options say otherwise.
    /// </summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    /// <remarks>Reference: Zhang, Fattahi, Zhang, NeurIPS 2021 (arXiv 2504.09708), eta_t = sqrt(f(X_t)).</remarks>
    public static DampedScaledGradientDescent<T> PrecGD(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new DampedScaledGradientDescent<T>(problem, options, DampedDefaults.PrecGD);
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
        if (_gram.Factor(_work.Left, _work.Loss.ToUnits(damping)) != SolveStatus.Running)
        {
            return SolveStatus.Breakdown;
        }

        _gram.Apply(_work.LeftGradient, _work.NextLeft);
        return _work.Descend(step, damping);
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
        _gram.Dispose();
    }
}
