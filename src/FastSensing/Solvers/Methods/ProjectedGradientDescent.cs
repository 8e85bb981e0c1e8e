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
/// X &#8592; P_PSD(X - eta sym(A*(A(X) - y)) / s^2): projected gradient descent over the cone of positive semidefinite
/// matrices, from X = 0 and without any bound on the rank.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / L with L = ||A||^2 / s^2 estimated, by default 1 / L.</para>
/// <para>It fits the measurements by a matrix near the one of least Frobenius norm: with fewer measurements than unknowns
/// it does not recover X, which is what it is for: the reference that factor methods from a small start beat. The
/// first columns of its factor, U = Z diag(lambda)^(1/2) in descending order, are a start for factor methods.</para>
/// <para>Cost of a step: one operator call and an eigenvalue decomposition; the first start costs 16 operator calls more.
/// Allocation: none.</para>
/// <para>Reference: Gunasekar, Woodworth, Bhojanapalli, Neyshabur, Srebro, NeurIPS 2017 (arXiv 1705.09280), X_gd.</para>
/// </remarks>
public sealed class ProjectedGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixWorkspace<T> _work;
    private readonly SpectralShrinkage<T> _shrinkage;
    private readonly OperatorNorm<T> _norm;
    private readonly AlignedBuffer<T> _point;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric.</param>
    /// <param name="options">Numbers and rules, or null for the defaults; a width is checked but means nothing here.</param>
    public ProjectedGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Full(problem, options);
        _work = new MatrixWorkspace<T>(problem, MatrixStructure.Symmetric, width, options, FactorStart.Random);
        _shrinkage = new SpectralShrinkage<T>(problem.Operator, MatrixStructure.Symmetric);
        _norm = new OperatorNorm<T>(problem);
        _point = new AlignedBuffer<T>(Scratch<T>.LengthOf(width, width));
        _stepSize = (options.StepSize ?? new RelativeStepSize(1)).Plain(nameof(ProjectedGradientDescent<>));
    }

    /// <inheritdoc/>
    public string Name => "projected-gradient-descent";

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
        double curvature = _norm.Squared;
        if (!double.IsFinite(curvature))
        {
            return SolveStatus.Breakdown;
        }

        double step = _stepSize.StepFor(curvature);
        MatrixSpan<T> point = _point.Matrix(_work.Width, _work.Width);
        _work.Descend(step, 0, point);
        return _shrinkage.Apply(point, 0, _work, step);
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
        _shrinkage.Dispose();
        _norm.Dispose();
        _point.Dispose();
    }
}
