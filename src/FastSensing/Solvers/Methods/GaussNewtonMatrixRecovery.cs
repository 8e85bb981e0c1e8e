using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.LeastSquares;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// (L', R') &#8592; the least-norm solution of min ||A(L R'^T + L' R^T - c L R^T) - y||, then (L, R) &#8592; (L', R') with c = 1
/// (setting), or (L, R) &#8592; (L + L', R + R') with c = -1 (updating): GNMR, for a known rank. Its estimate of X is the best
/// rank-k approximation of the matrix inside A, not the product of the factors.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>No step size; spectral start; the width is the rank and at most min(n1, n2). Quadratic convergence near the
/// solution, and recovery with hardly more measurements than X has degrees of freedom.</para>
/// <para>The matrix inside A is found first, by conjugate gradients on orthonormal bases of L and R, whose pace does not
/// depend on the condition number of X; the least-norm factors then follow in closed form. The gradient is reduced to a
/// tenth of the relative residual, at least to 1e-2 and at most to 1.5e-8 (fp32: 3.5e-4): early steps need few digits.</para>
/// <para>Cost of a step: 3 + 2 s operator calls with s inner steps, at most InnerSteps; on average over a run s
/// is about 11 at six measurements per degree of freedom, 28 at one and a half (setting: 18 and 37). Allocation: none.</para>
/// <para>Reference: Zilber, Nadler, SIAM Journal on Mathematics of Data Science 4, 2022 (arXiv 2106.12933), Algorithm 1.</para>
/// </remarks>
public sealed class GaussNewtonMatrixRecovery<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly FactorBuffer<T>[] _factors;
    private readonly TangentMap<T> _map;
    private readonly ConjugateGradients<T> _inner;
    private readonly LeastNormFactors<T> _leastNorm;
    private readonly ProductSvd<T> _estimate;
    private readonly T[] _remainder;
    private readonly GaussNewtonUpdate _update;
    private readonly int _limit;
    private double _relativeRemainder;
    private int _unit;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    /// <param name="update">Which of the published variants.</param>
    public GaussNewtonMatrixRecovery(
        SensingProblem<T> problem, MethodOptions? options = null, GaussNewtonUpdate update = GaussNewtonUpdate.Updating)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Exact(problem, options, nameof(GaussNewtonMatrixRecovery<>));
        IMeasurementOperator<T> op = problem.Operator;
        _update = update;
        _limit = InnerAccuracy.Limit(options);
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Spectral, 1);
        _factors = [new(op, width, MatrixStructure.General), new(op, width, MatrixStructure.General)];
        _map = new TangentMap<T>(problem, width);
        _inner = new ConjugateGradients<T>(_map.Unknowns, op.MeasurementCount);
        _leastNorm = new LeastNormFactors<T>(op.Blas, Math.Max(op.Rows, op.Columns), width);
        _estimate = new ProductSvd<T>(op.Blas, op.Rows, op.Columns, 2 * width);
        _remainder = new T[op.MeasurementCount];
    }

    /// <inheritdoc/>
    public string Name => _update == GaussNewtonUpdate.Updating
        ? "gauss-newton-matrix-recovery"
        : "gauss-newton-matrix-recovery-setting";

    /// <inheritdoc/>
    public SensingProblem<T> Problem => _work.Problem;

    /// <inheritdoc/>
    public IterationInfo<T> Current => _work.Current;

    // The factors go on beside the estimates of X; those of iteration i are in slot i mod 2, so Revert need not know of them.
    private FactorBuffer<T> Here => _factors[_work.Iteration & 1];

    private FactorBuffer<T> Next => _factors[1 - (_work.Iteration & 1)];

    /// <inheritdoc/>
    public void Initialize() => _work.Initialize();

    /// <inheritdoc/>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right) => _work.InitializeAt(left, right);

    /// <inheritdoc/>
    public SolveStatus Step()
    {
        _work.RequireEvaluated();
        Begin();
        Linearize();
        _map.SetChanges(_inner.Solve(_map, _map.Unknowns, _remainder, Reduction(), _limit));
        _leastNorm.Begin(Here.Left, _map.LeftBasis, Here.Right, _map.RightBasis, _unit);
        Estimate();
        MoveFactors();
        return _work.Arrive(step: 1, damping: 0);
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
        Begin();
        _work.Exchange(state);
        state.Array("linearizedFactors", Here.All);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work.Dispose();
        _factors[0].Dispose();
        _factors[1].Dispose();
        _map.Dispose();
    }

    /// <summary>At the initial point the factors are those of the estimate.</summary>
    private void Begin()
    {
        if (_work.Iteration == 0)
        {
            _work.Left.CopyTo(Here.Left);
            _work.Right.CopyTo(Here.Right);
        }
    }

    /// <summary>Bases of the factors, and y - A(L R^T); changes of X are found divided by 2^_unit.</summary>
    private void Linearize()
    {
        _map.SetBasis(Here.Left, _map.LeftBasis);
        _map.SetBasis(Here.Right, _map.RightBasis);
        _map.Remainder(new FactorPair<T>(Here.Left, Here.Right), _work.Measurements, _remainder);

        // y has its largest element in 1..4, here in 1..2: then the units of y change no bit.
        int excess = PowerOfTwo.Exponent(_work.Measurements);
        _relativeRemainder = double.CreateTruncating(Level1.Nrm2<T>(_remainder) / Level1.Nrm2(_work.Measurements));
        PowerOfTwo.Scale(_remainder, -excess);
        _unit = _map.Exponent + excess;
    }

    /// <summary>
    /// What the gradient is reduced to, in terms of the estimate: when setting, the product of the factors stays far from it,
    /// and the remainder large.
    /// </summary>
    private double Reduction()
    {
        double relative = _work.RelativeResidual;
        double reduction = Math.Clamp(0.1 * relative, InnerAccuracy.Finest<T>(), 1e-2) * Math.Min(1, relative / _relativeRemainder);
        return Math.Max(reduction, double.CreateTruncating(RowOperations.Precision<T>()));
    }

    /// <summary>Next estimate &#8592; the best rank-k approximation of L R^T + P V^T + U Q^T; L R^T becomes part of U Q^T.</summary>
    private void Estimate()
    {
        Problem.Operator.Blas.Gemm(T.One, _map.RightBasis, _leastNorm.Product.Transpose(), T.One, _map.RightChange);
        _estimate.Decompose(_map.WideLeft, _map.WideRight);
        _estimate.CopyTo(_work.NextLeft, _work.NextRight, _unit);
    }

    /// <summary>
    /// Next factors from the matrix Z + L R^T that has just been estimated: the least-norm factors of Z are added to the old
    /// ones when updating; those of Z + 2 L R^T replace them when setting.
    /// </summary>
    private void MoveFactors()
    {
        bool updating = _update == GaussNewtonUpdate.Updating;
        T share = updating ? -T.One : T.One;
        _leastNorm.Solve(_map.LeftChange, _map.RightChange, share, _map.LeftBasis, _map.RightBasis);
        _leastNorm.WriteLeft(_map.LeftBasis, _map.LeftChange, Next.Left);
        _leastNorm.WriteRight(_map.RightBasis, _map.RightChange, Next.Right);
        Next.Scale(_unit);
        if (updating)
        {
            Next.Add(Here);
        }
    }
}
