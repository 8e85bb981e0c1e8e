using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// L &#8592; L - eta (G R + 1/2 L D) and R &#8592; R - eta (G^T L - 1/2 R D), both from the old L and R, with
/// G = A*(A(L R^T) - y) / s^2 and D = L^T L - R^T R: gradient descent on 1/2 ||A(L R^T) - y||^2 / s^2 + 1/8 ||D||_F^2.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize / sigma1, by default 0.25 / sigma1; spectral start (random of scale 1e-3 for more than min(n1, n2)
/// columns); any factor width, by default the problem's rank or else what the measurements can bear. The loss that is
/// reported has no balancing term.</para>
/// <para>For comparison: at the rank it does what descent without the term does; with more columns the term takes away the
/// imbalance that makes the descent linear.</para>
/// <para>Takes no rule that looks along the gradient (Armijo, exact, Barzilai-Borwein, Polyak): its direction has the
/// balancing term in it, so that it is not the gradient of the loss they measure.</para>
/// <para>Cost of a step: one operator call and about 6 (n1 + n2) k^2 flops. Allocation: none.</para>
/// <para>Reference: Tu, Boczar, Simchowitz, Soltanolkotabi, Recht, ICML 2016 (arXiv 1507.03566, Procrustes flow); Park,
/// Kyrillidis, Caramanis, Sanghavi, AISTATS 2017 (arXiv 1609.03240).</para>
/// </remarks>
public sealed class BalancedGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly AlignedBuffer<T> _imbalance;
    private readonly StepSizeRule _stepSize;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    public BalancedGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Of(problem, options);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.25)).Plain(nameof(BalancedGradientDescent<>));
        _work = new FactorWorkspace<T>(
            problem, MatrixStructure.General, width, options, FactorWidth.SpectralIfNarrow(problem, width), 1e-3);
        _imbalance = new AlignedBuffer<T>(Scratch<T>.LengthOf(width, width));
    }

    /// <inheritdoc/>
    public string Name => "balanced-gradient-descent";

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
        IBlas<T> blas = Problem.Operator.Blas;
        MatrixSpan<T> left = _work.Left;
        MatrixSpan<T> right = _work.Right;
        MatrixSpan<T> imbalance = _imbalance.Matrix(_work.Width, _work.Width);
        T half = T.CreateTruncating(_work.Loss.ToGradientUnits(0.5));
        blas.Gemm(half, left.AsReadOnly().Transpose(), left, T.Zero, imbalance);
        blas.Gemm(-half, right.AsReadOnly().Transpose(), right, T.One, imbalance);
        _work.Next.Factors.Take(_work.Here.Gradients);
        blas.Gemm(T.One, left, imbalance, T.One, _work.NextLeft);
        blas.Gemm(-T.One, right, imbalance, T.One, _work.NextRight);
        return _work.DescendAlongNext(_stepSize.StepFor(_work.Sigma1));
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
        _imbalance.Dispose();
    }
}
