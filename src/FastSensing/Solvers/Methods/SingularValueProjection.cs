using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Projections;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// X &#8592; SVD_r(X - eta A*(A(X) - y) / s^2), with SVD_r the best approximation of rank r: singular value projection,
/// the iterative hard thresholding of matrices.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize, by default 0.7; spectral start; the width is the rank and at most min(n1, n2).</para>
/// <para>Linear convergence at a pace that does not depend on the condition number, where A is near enough to an isometry
/// on matrices of rank 2 r; with few measurements the fixed step may diverge, and NIHT is for that.</para>
/// <para>Cost of a step: one operator call and about 16 n1 n2 (r + 8) flops. Allocation: none.</para>
/// <para>Reference: Jain, Meka, Dhillon, NeurIPS 2010 (arXiv 0909.5457), Algorithm 1.</para>
/// </remarks>
public sealed class SingularValueProjection<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixWorkspace<T> _work;
    private readonly RankProjection<T> _projection;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public SingularValueProjection(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int rank = FactorWidth.Exact(problem, options, nameof(SingularValueProjection<>));
        _work = new MatrixWorkspace<T>(problem, MatrixStructure.General, rank, options, FactorStart.Spectral);
        _projection = new RankProjection<T>(problem.Operator, rank);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.7)).Plain(nameof(SingularValueProjection<>));
    }

    /// <inheritdoc/>
    public string Name => "singular-value-projection";

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
        return _projection.Descend(_work, _stepSize.StepFor(1));
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
        _projection.Dispose();
    }
}
