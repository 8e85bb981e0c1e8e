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
/// L &#8592; L - eta G R (R^T R)^+, then with G at the new L: R &#8592; R - eta G^T L (L^T L)^+, where G = A*(A(L R^T) - y) / s^2 and + is
/// the pseudo-inverse: AGN, or APGD; with as many columns as the rank it is alternating ScaledGD.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize, by default 0.5, where up to 2 / (1 + delta) never raises the loss; random start of scale 0.5; any
/// factor width, by default the problem's rank or else what the measurements can bear.</para>
/// <para>The steps on either factor act on X like projections of G, so neither the condition number nor superfluous columns
/// slow it down, nor do saddles hold it; no damping has to be chosen.</para>
/// <para>Cost of a step: two operator calls and about 60 (n1 + n2) k^2 flops. Allocation: none.</para>
/// <para>Reference: Jia, Feng, Meng, Sun, NeurIPS 2024 (AGN, 2QvCOFw058 at OpenReview), Lemma 1 for the descent; arXiv
/// 2502.00463 (APGD); Jia et al., NeurIPS 2023 (alternating ScaledGD).</para>
/// </remarks>
public sealed class ApproximatedGaussNewton<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly PseudoInversePreconditioner<T> _inverse;
    private readonly FactorBuffer<T> _direction;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public ApproximatedGaussNewton(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        IMeasurementOperator<T> op = problem.Operator;
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.5)).Plain(nameof(ApproximatedGaussNewton<>));
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Random, 0.5);
        _inverse = new PseudoInversePreconditioner<T>(op.Blas, Math.Max(op.Rows, op.Columns), width);
        _direction = new FactorBuffer<T>(op, width, MatrixStructure.General);
    }

    /// <inheritdoc/>
    public string Name => "approximated-gauss-newton";

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
        T factor = T.CreateTruncating(_work.Loss.ToFactorStep(step));
        FactorSlot<T> next = _work.Next;
        next.Factors.Take(_work.Here.Factors);
        _inverse.Factor(_work.Right);
        _inverse.Apply(_work.LeftGradient, _direction.Left);
        next.Factors.SubtractLeft(factor, _direction);
        _work.Loss.Evaluate(next);
        _inverse.Factor(next.Factors.Left);
        _inverse.Apply(next.Gradients.Right, _direction.Right);
        next.Factors.SubtractRight(factor, _direction);
        return _work.Arrive(step, damping: 0);
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
        _inverse.Dispose();
        _direction.Dispose();
    }
}
