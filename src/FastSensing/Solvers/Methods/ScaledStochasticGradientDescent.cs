using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// For every sampled entry (i, j) in random order u_i &#8592; u_i - eta g P u_j and u_j &#8592; u_j - eta g P u_i, both from the old
/// rows, with g = u_i^T u_j - y_ij and P = (U^T U)^-1 kept up to date: ScaledSGD, the completion of symmetric positive
/// semidefinite matrices of known rank by single entries. A step is one pass over all of them.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>eta = StepSize n (n + 1) / (2 m), by default with StepSize 0.5: a pass then moves X about as far as a step of
/// ScaledGD of that size; spectral start; the width is the rank. Linear convergence on exact data, at a pace that does not
/// depend on the condition number. An entry of the diagonal moves its row once, by 2 eta.</para>
/// <para>P changes by four updates of rank one an entry (Sherman, Morrison), two that add the new rows and two that take
/// away the old ones, and is computed anew before every pass.</para>
/// <para>Cost of a step: one operator call and about 16 m k^2 flops. Allocation: none.</para>
/// <para>Reference: Zhang, Chiu, Zhang, NeurIPS 2022 (arXiv 2208.11246, ScaledSGD).</para>
/// </remarks>
public sealed class ScaledStochasticGradientDescent<T> : IIterativeMethod<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FactorWorkspace<T> _work;
    private readonly StepSizeRule _stepSize;
    private readonly NormalGenerator _numbers;
    private readonly AlignedBuffer<T> _gram;
    private readonly AlignedBuffer<T> _inverse;
    private readonly T[] _vectors;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly int[] _order;
    private readonly double _share;

    /// <summary>Binds the method to a problem; all memory is taken here.</summary>
    /// <param name="problem">A problem of structure Symmetric whose operator reads single entries of X.</param>
    /// <param name="options">Numbers and rules, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The operator measures something else.</exception>
    public ScaledStochasticGradientDescent(SensingProblem<T> problem, MethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new MethodOptions();
        int width = FactorWidth.Exact(problem, options, nameof(ScaledStochasticGradientDescent<>));
        if (problem.Operator is not IEntryMeasurements entries)
        {
            throw new ArgumentException(
                $"{nameof(ScaledStochasticGradientDescent<>)} takes one entry of X at a time: it needs measurements that are entries of X.", nameof(problem));
        }

        int count = problem.Operator.MeasurementCount;
        _work = new FactorWorkspace<T>(problem, MatrixStructure.Symmetric, width, options, FactorStart.Spectral, 1);
        _stepSize = (options.StepSize ?? new RelativeStepSize(0.5)).Plain(nameof(ScaledStochasticGradientDescent<>));
        _numbers = new NormalGenerator(options.Seed).Stream(3);
        _gram = new AlignedBuffer<T>(Scratch<T>.LengthOf(width, width));
        _inverse = new AlignedBuffer<T>(Scratch<T>.LengthOf(width, width));
        _vectors = new T[5 * width];
        _rows = new int[count];
        _columns = new int[count];
        _order = new int[count];
        _share = (double)count / problem.Unknowns;
        entries.CopyPositionsTo(_rows, _columns);
    }

    /// <inheritdoc/>
    public string Name => "scaled-stochastic-gradient-descent";

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
        MatrixSpan<T> factor = _work.NextLeft;
        _work.Left.CopyTo(factor);
        if (!Invert(factor))
        {
            return SolveStatus.Breakdown;
        }

        Shuffle();
        double step = _stepSize.StepFor(1);
        T eta = T.CreateTruncating(step / _share);
        MatrixSpan<T> inverse = _inverse.Matrix(_work.Width, _work.Width);
        foreach (int e in _order)
        {
            Visit(factor.Row(_rows[e]), factor.Row(_columns[e]), _work.Measurements[e], eta, inverse);
        }

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
        _gram.Dispose();
        _inverse.Dispose();
    }

    private void Visit(Span<T> first, Span<T> second, T value, T eta, MatrixSpan<T> inverse)
    {
        int width = first.Length;
        Span<T> oldFirst = _vectors.AsSpan(0, width);
        Span<T> oldSecond = _vectors.AsSpan(width, width);
        Span<T> scaledFirst = _vectors.AsSpan(2 * width, width);
        Span<T> scaledSecond = _vectors.AsSpan(3 * width, width);
        first.CopyTo(oldFirst);
        second.CopyTo(oldSecond);
        Multiply(inverse, oldFirst, scaledFirst);
        Multiply(inverse, oldSecond, scaledSecond);
        T slope = -eta * (Level1.Dot<T>(first, second) - value);

        // Of a diagonal entry both lines move the same row.
        Level1.Axpy(slope, scaledSecond, first);
        Level1.Axpy(slope, scaledFirst, second);
        bool diagonal = first == second;
        AddOuterProduct(inverse, first, T.One);
        AddOuterProduct(inverse, oldFirst, -T.One);
        if (!diagonal)
        {
            AddOuterProduct(inverse, second, T.One);
            AddOuterProduct(inverse, oldSecond, -T.One);
        }
    }

    /// <summary>P &#8592; (P^-1 + sign v v^T)^-1 = P - sign P v v^T P / (1 + sign v^T P v).</summary>
    private void AddOuterProduct(MatrixSpan<T> inverse, ReadOnlySpan<T> v, T sign)
    {
        Span<T> image = _vectors.AsSpan(4 * v.Length, v.Length);
        Multiply(inverse, v, image);
        T factor = -sign / (T.One + (sign * Level1.Dot(v, image)));
        for (int i = 0; i < v.Length; i++)
        {
            Level1.Axpy<T>(factor * image[i], image, inverse.Row(i));
        }
    }

    private static void Multiply(MatrixSpan<T> inverse, ReadOnlySpan<T> v, Span<T> image)
    {
        for (int i = 0; i < v.Length; i++)
        {
            image[i] = Level1.Dot(inverse.Row(i), v);
        }
    }

    /// <summary>P &#8592; (U^T U)^-1; false where that is not positive definite in floating point.</summary>
    private bool Invert(ReadOnlyMatrixSpan<T> factor)
    {
        MatrixSpan<T> gram = _gram.Matrix(_work.Width, _work.Width);
        MatrixSpan<T> inverse = _inverse.Matrix(_work.Width, _work.Width);
        IBlas<T> blas = Problem.Operator.Blas;
        blas.Syrk(T.One, factor.Transpose(), T.Zero, gram);
        inverse.Fill(T.Zero);
        for (int i = 0; i < inverse.Rows; i++)
        {
            inverse[i, i] = T.One;
        }

        if (blas.Potrf(gram) != 0)
        {
            return false;
        }

        blas.Potrs(gram, inverse);
        return true;
    }

    /// <summary>Another order for every pass, the same for an iteration however it was reached.</summary>
    private void Shuffle()
    {
        ulong first = (ulong)_work.Iteration * (ulong)_order.Length;
        for (int i = 0; i < _order.Length; i++)
        {
            int place = (int)Math.BigMul(_numbers.Bits(first + (ulong)i), (ulong)(i + 1), out _);
            _order[i] = _order[place];
            _order[place] = i;
        }
    }
}
