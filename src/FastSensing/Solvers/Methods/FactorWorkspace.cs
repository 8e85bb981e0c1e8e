using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// What every factor method holds: its own copy of y, and two slots of factors with their gradients. A step writes the
/// next factors into the free slot and <see cref="Descend"/> swaps the slots, so that taking a step back is a swap as well.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Units: gradients are those of the operator as stored, A*(res) R; times <see cref="InverseSquaredScale"/> they
/// are the isometric ones. Losses and residuals are reported in isometric units.</para>
/// <para>For symmetric problems there is one factor: every "right" view is the left one.</para>
/// <para>Allocation: at construction only.</para>
/// </remarks>
internal sealed class FactorWorkspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StartingPoint<T> _start;
    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly AlignedBuffer<T>[] _slots;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _measurements;
    private readonly T[] _residual;
    private double _measurementNorm;
    private int _current;
    private bool _atStart;
    private bool _evaluated;
    private bool _canRevert;
    private IterationProgress _progress;
    private IterationProgress _before;

    /// <summary>Makes the workspace of a method.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="structure">What the method is for; a problem of the other structure is refused.</param>
    /// <param name="width">Factor width k >= 1.</param>
    /// <param name="options">Start, initial scale and seed are taken from here,</param>
    /// <param name="defaultStart">or the start from here,</param>
    /// <param name="defaultScale">and the initial scale from here.</param>
    public FactorWorkspace(
        SensingProblem<T> problem, MatrixStructure structure, int width, MethodOptions options, FactorStart defaultStart, double defaultScale)
    {
        if (problem.Structure != structure)
        {
            throw new ArgumentException(
                $"The method is for problems of structure {structure}; this one is {problem.Structure}.", nameof(problem));
        }

        RequireStorable(problem.Operator, width);
        Problem = problem;
        Width = width;
        _start = new StartingPoint<T>(problem, width, options.Start ?? defaultStart, options.InitialScale ?? defaultScale, options.Seed);
        _operator = problem.Operator;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        int factors = Scratch<T>.LengthOf(_operator.Rows, width) + (_symmetric ? 0 : Scratch<T>.LengthOf(_operator.Columns, width));
        _slots = [new AlignedBuffer<T>(2 * factors), new AlignedBuffer<T>(2 * factors)];
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(width));
        _measurements = new T[_operator.MeasurementCount];
        _residual = new T[_operator.MeasurementCount];
        double scale = double.CreateTruncating(_operator.ScaleFor(problem.Structure));
        InverseSquaredScale = scale > 0 ? 1 / (scale * scale) : 0;
        Take(problem.Measurements.Span);
    }

    public SensingProblem<T> Problem { get; }

    public int Width { get; }

    /// <summary>1 / s^2: turns stored gradients into isometric ones.</summary>
    public double InverseSquaredScale { get; }

    /// <summary>The spectral estimate of the largest singular value of X.</summary>
    public double Sigma1 => _start.Sigma1;

    public double RelativeResidual => _progress.RelativeResidual;

    public IterationInfo<T> Current => new(_progress, Left, Right);

    public MatrixSpan<T> Left => Piece(_current, 0);

    public MatrixSpan<T> Right => Piece(_current, 1);

    public MatrixSpan<T> LeftGradient => Piece(_current, 2);

    public MatrixSpan<T> RightGradient => Piece(_current, 3);

    /// <summary>Where a step builds the next left factor; nothing in it has to be kept.</summary>
    public MatrixSpan<T> NextLeft => Piece(1 - _current, 0);

    /// <summary>Where a step builds the next right factor.</summary>
    public MatrixSpan<T> NextRight => Piece(1 - _current, 1);

    /// <summary>Goes to the starting point and evaluates it; nothing to do when already at iteration 0.</summary>
    public void Initialize()
    {
        if (!_atStart)
        {
            _start.Estimate(_measurements);
            _start.Fill(Left, Right);
            BeginHere();
        }
    }

    /// <summary>Goes to the given factors as iteration 0 and evaluates them.</summary>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        _start.Estimate(_measurements);
        left.CopyTo(Left);
        if (!_symmetric)
        {
            right.CopyTo(Right);
        }

        BeginHere();
    }

    /// <summary>New measurements, fresh start.</summary>
    public void Restart(ReadOnlySpan<T> measurements)
    {
        Take(measurements);
        Initialize();
    }

    /// <summary>New measurements, the current factors as iteration 0; a fresh start when there are none yet.</summary>
    public void ContinueWith(ReadOnlySpan<T> measurements)
    {
        if (!_evaluated)
        {
            Restart(measurements);
            return;
        }

        Take(measurements);
        _start.Estimate(_measurements);
        BeginHere();
    }

    /// <summary>A step needs the gradient of an initial point.</summary>
    public void RequireEvaluated()
    {
        if (!_evaluated)
        {
            throw new InvalidOperationException("The method has no initial point yet: call Initialize before the first Step.");
        }
    }

    /// <summary>
    /// next &#8592; current - step / s^2 next, where the next slot holds the directions, then makes the next factors the
    /// current ones and evaluates loss and gradient there: one operator call.
    /// </summary>
    public SolveStatus Descend(double step, double damping)
    {
        T factor = T.CreateTruncating(step * InverseSquaredScale);
        Move(Left, factor, NextLeft);
        if (!_symmetric)
        {
            Move(Right, factor, NextRight);
        }

        _current = 1 - _current;
        _before = _progress;
        _canRevert = true;
        _atStart = false;
        Evaluate(_before.Iteration + 1, step, damping);
        return SolveStatus.Running;
    }

    public void Revert()
    {
        if (_canRevert)
        {
            _current = 1 - _current;
            _progress = _before;
            _canRevert = false;
        }
    }

    public void Dispose()
    {
        _start.Dispose();
        _slots[0].Dispose();
        _slots[1].Dispose();
        _scratch.Dispose();
    }

    /// <summary>Factors, gradients and their padding to cache lines must be legal array lengths; so must an operator's scratch.</summary>
    private static void RequireStorable(IMeasurementOperator<T> op, int width)
    {
        long elements = 4L * ((long)op.Rows + op.Columns) * width;
        if (elements > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A factor width of {width} for a {op.Rows} x {op.Columns} matrix needs {elements} elements of memory; at most {Array.MaxLength} are possible.",
                nameof(width));
        }
    }

    private static void Move(ReadOnlyMatrixSpan<T> current, T step, MatrixSpan<T> next)
    {
        for (int i = 0; i < current.Rows; i++)
        {
            ReadOnlySpan<T> from = current.Row(i);
            Span<T> to = next.Row(i);
            for (int j = 0; j < from.Length; j++)
            {
                to[j] = from[j] - (step * to[j]);
            }
        }
    }

    private void Take(ReadOnlySpan<T> measurements)
    {
        if (measurements.Length != _measurements.Length)
        {
            throw new ArgumentException(
                $"y has {measurements.Length} elements and the operator makes {_measurements.Length} measurements; they must agree.",
                nameof(measurements));
        }

        SensingProblem<T>.RequireFinite(measurements, nameof(measurements));
        measurements.CopyTo(_measurements);
        _atStart = false;
        double sum = 0;
        foreach (T value in measurements)
        {
            double number = double.CreateTruncating(value);
            sum += number * number;
        }

        _measurementNorm = Math.Sqrt(sum);
    }

    private void BeginHere()
    {
        _canRevert = false;
        Evaluate(0, 0, 0);
        _atStart = true;
        _evaluated = true;
    }

    private void Evaluate(int iteration, double stepSize, double damping)
    {
        // Half the squared residual in the general case, a quarter in the symmetric one: both gradients are A*(res) times the factor.
        double loss = double.CreateTruncating(
            _symmetric
                ? _operator.SymmetricLossAndGradient(Left, _measurements, _residual, LeftGradient, _scratch.Span)
                : _operator.LossAndGradient(
                    new FactorPair<T>(Left, Right), _measurements, _residual, LeftGradient, RightGradient, _scratch.Span));
        double residualNorm = Math.Sqrt(loss * (_symmetric ? 4 : 2));
        double relative = _measurementNorm > 0 ? residualNorm / _measurementNorm : residualNorm > 0 ? double.PositiveInfinity : residualNorm;
        _progress = new IterationProgress(iteration, loss * InverseSquaredScale, relative, 0, stepSize, damping);
    }

    /// <summary>Piece 0: left factor, 1: right factor, 2: left gradient, 3: right gradient.</summary>
    private MatrixSpan<T> Piece(int slot, int piece)
    {
        int left = Scratch<T>.LengthOf(_operator.Rows, Width);
        int right = _symmetric ? 0 : Scratch<T>.LengthOf(_operator.Columns, Width);
        int start = ((piece / 2) * (left + right)) + (_symmetric ? 0 : (piece % 2) * left);
        int rows = _symmetric || piece % 2 == 0 ? _operator.Rows : _operator.Columns;
        return new MatrixSpan<T>(_slots[slot].Slice(start, rows * Width), rows, Width);
    }
}
