using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Projections;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// W &#8592; U + (X - U projected to A(W) = y), X &#8592; prox_t(W), U &#8592; W - X: the alternating direction method of
/// multipliers (ADMM) for min ||X||_* subject to A(X) = y, and over the positive semidefinite cone for min tr X.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>prox_t takes t off all singular values or eigenvalues; t = sigma1 / 4. From X = U = 0; there is nothing to choose.</para>
/// <para>The reference for what small starts of factor methods are said to find: the limit is the solution of least nuclear
/// norm whatever its rank, to 1e-10 in some hundred steps. For small problems: A is held again as a dense matrix with the
/// factor of its smaller Gram matrix.</para>
/// <para>Cost of a step: one operator call, a projection (two products with that matrix) and a full decomposition.
/// Allocation: none.</para>
/// <para>Reference: Boyd, Parikh, Chu, Peleato, Eckstein 2011, section 5.2; the problem: Recht, Fazel, Parrilo, SIAM Review
/// 2010 (arXiv 0706.4138), and Gunasekar et al., NeurIPS 2017 (arXiv 1705.09280).</para>
/// </remarks>
public sealed class MinimumNuclearNorm<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double ThresholdShare = 0.25;

    private readonly MatrixWorkspace<T> _work;
    private readonly SpectralShrinkage<T> _shrinkage;
    private readonly AffineProjection<T> _projection;
    private readonly AlignedBuffer<T> _point;
    private readonly AlignedBuffer<T>[] _duals;

    /// <summary>Binds the method to a problem; all memory is taken here, and A is gathered.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="structure">General, or Symmetric for the positive semidefinite cone; a problem of the other structure is refused.</param>
    /// <param name="options">Seed and start, or null for the defaults; a width is checked but means nothing here.</param>
    /// <exception cref="ArgumentException">The other structure; an A too large for one dense matrix.</exception>
    public MinimumNuclearNorm(SensingProblem<T> problem, MatrixStructure structure, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Full(problem, options);
        int length = Scratch<T>.LengthOf(problem.Operator.Rows, problem.Operator.Columns);
        _work = new MatrixWorkspace<T>(problem, structure, width, options, FactorStart.Random);
        _shrinkage = new SpectralShrinkage<T>(problem.Operator, structure);
        _projection = new AffineProjection<T>(problem);
        _point = new AlignedBuffer<T>(length);
        _duals = [new(length), new(length)];
    }

    /// <inheritdoc/>
    public string Name => Problem.Structure == MatrixStructure.Symmetric ? "semidefinite-minimum-nuclear-norm" : "minimum-nuclear-norm";

    /// <inheritdoc/>
    public SensingProblem<T> Problem => _work.Problem;

    /// <inheritdoc/>
    public IterationInfo<T> Current => _work.Current;

    // One is that of the current iterate, the other one that of the iterate before or after.
    private AlignedBuffer<T> Dual => _duals[_work.Iteration % 2];

    /// <inheritdoc/>
    public void Initialize() => _work.Initialize();

    /// <inheritdoc/>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right) => _work.InitializeAt(left, right);

    /// <inheritdoc/>
    public SolveStatus Step()
    {
        _work.RequireEvaluated();
        if (_projection.Status != SolveStatus.Running)
        {
            return _projection.Status;
        }

        MatrixSpan<T> point = _point.Matrix(Problem.Operator.Rows, Problem.Operator.Columns);
        Span<T> dual = Dual.Span;
        if (_work.Iteration == 0)
        {
            dual.Clear();
        }

        _work.Descend(0, 0, point);
        Level1.Axpy<T>(-T.One, dual, _point.Span);
        _projection.Apply(point, _work.Measurements);
        Level1.Axpy<T>(T.One, dual, _point.Span);
        Span<T> next = _duals[(_work.Iteration + 1) % 2].Span;
        _point.Span.CopyTo(next);
        SolveStatus status = _shrinkage.Apply(point, ThresholdShare * _work.Sigma1, _work, 0);
        _work.Descend(0, 0, point);
        Level1.Axpy<T>(-T.One, _point.Span, next);
        return status;
    }

    /// <inheritdoc/>
    public void Revert() => _work.Revert();

    /// <inheritdoc/>
    public void Restart(ReadOnlySpan<T> measurements) => _work.Restart(measurements);

    /// <inheritdoc/>
    public void ContinueWith(ReadOnlySpan<T> measurements) => _work.ContinueWith(measurements);

    /// <inheritdoc/>
    public void Exchange(MethodState<T> state)
    {
        _work.Exchange(state);
        if (_work.Iteration == 0)
        {
            Dual.Span.Clear();
        }

        state.Array("dual", Dual.Span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _shrinkage.Dispose();
        _projection.Dispose();
        _point.Dispose();
        _duals[0].Dispose();
        _duals[1].Dispose();
    }
}
