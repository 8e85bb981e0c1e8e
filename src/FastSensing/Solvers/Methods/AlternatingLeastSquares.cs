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
/// R &#8592; argmin ||A(L R^T) - y||, then L &#8592; argmin ||A(L R^T) - y|| with the new R: alternating least squares, for a
/// known rank.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>No step size; spectral start; the width is the rank and at most min(n1, n2). Few steps, linear convergence, and
/// the loss never rises.</para>
/// <para>Each half is solved by conjugate gradients on an orthonormal basis of the factor that rests, so its pace does
/// not depend on the condition number of X, and from the present factors on, until the gradient has fallen to
/// <see cref="Reduction"/> of what it was (fp32: 3.5e-4). Normal equations would need n2 k forward calls to be set up.</para>
/// <para>Cost of a step: 4 + 2 s operator calls with s inner steps in both halves together, at most 2 InnerSteps; s is
/// about 23 at six measurements per degree of freedom, 30 at three, 37 at two. Allocation: none.</para>
/// <para>Reference: Jain, Netrapalli, Sanghavi, STOC 2013 (arXiv 1212.0467), Algorithm 1 (AltMinSense).</para>
/// </remarks>
public sealed class AlternatingLeastSquares<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>To what share an inner problem reduces its gradient in fp64.</summary>
    private const double Reduction = 1e-6;

    private readonly FactorWorkspace<T> _work;
    private readonly TangentMap<T> _map;
    private readonly ConjugateGradients<T> _inner;
    private readonly ProductSvd<T> _balance;
    private readonly AlignedBuffer<T> _core;
    private readonly T[] _remainder;
    private readonly int _limit;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public AlternatingLeastSquares(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Exact(problem, options, nameof(AlternatingLeastSquares<>));
        IMeasurementOperator<T> op = problem.Operator;
        _limit = InnerAccuracy.Limit(options);
        _work = new FactorWorkspace<T>(problem, MatrixStructure.General, width, options, FactorStart.Spectral, 1);
        _map = new TangentMap<T>(problem, width);
        _inner = new ConjugateGradients<T>(Math.Max(op.Rows, op.Columns) * width, op.MeasurementCount);
        _balance = new ProductSvd<T>(op.Blas, op.Rows, op.Columns, width);
        _core = new AlignedBuffer<T>(Scratch<T>.LengthOf(width, width));
        _remainder = new T[op.MeasurementCount];
    }

    /// <inheritdoc/>
    public string Name => "alternating-least-squares";

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
        _map.Remainder(new FactorPair<T>(_work.Left, _work.Right), _work.Measurements, _remainder);

        // L R^T = U R'^T with R' = R (L^T U), and then U R'^T = L' V^T with L' = U (R'^T V).
        _map.SetBasis(_work.Left, _map.LeftBasis);
        _map.RightBasis.Fill(T.Zero);
        Move(MovingFactor.Right, _work.Left, _work.Right, _work.NextRight);
        _map.SetBasis(_work.NextRight, _map.RightBasis);
        Move(MovingFactor.Left, _work.NextRight, _map.LeftBasis, _work.NextLeft);
        _balance.Decompose(_work.NextLeft, _map.RightBasis);
        _balance.CopyTo(_work.NextLeft, _work.NextRight);
        return _work.Arrive(step: 1, damping: 0);
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
        _map.Dispose();
        _core.Dispose();
    }

    /// <summary>next &#8592; moving (resting^T basis) + the best change, with the basis of the resting factor in the map.</summary>
    private void Move(MovingFactor side, ReadOnlyMatrixSpan<T> resting, ReadOnlyMatrixSpan<T> moving, MatrixSpan<T> next)
    {
        _map.Moving = side;
        _map.SetChanges(_inner.Solve(_map, _map.Unknowns, _remainder, Math.Max(Reduction, InnerAccuracy.Finest<T>()), _limit));
        IBlas<T> blas = Problem.Operator.Blas;
        MatrixSpan<T> core = _core.Matrix(_work.Width, _work.Width);
        blas.Gemm(T.One, resting.Transpose(), side == MovingFactor.Right ? _map.LeftBasis : _map.RightBasis, T.Zero, core);
        (side == MovingFactor.Right ? _map.RightChange : _map.LeftChange).CopyTo(next);
        blas.Gemm(T.One, moving, core, T.ScaleB(T.One, _map.Exponent), next);
    }
}
