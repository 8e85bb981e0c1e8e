using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.StepSizes;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// What every factor method holds: its own copy of y, and two slots of factors with their gradients. A step writes the
/// next factors into the free slot and <see cref="Descend"/> swaps the slots, so that taking a step back is a swap as well.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Units: all work is done on y / 2^e with the even e that brings the largest measurement into [1, 4), so on
/// factors divided by 2^(e / 2): the same bits for y times any power of four, and no square leaves the range of T.
/// <see cref="Current"/> hands out factors in the user's units, and rules see and give numbers in those.
/// Gradients are A*(res) R of the stored operator, times the power of two near 1 / s; losses those of A / s and y / s.</para>
/// <para>For symmetric problems every "right" view is the left one. Allocation: at construction only.</para>
/// </remarks>
internal sealed class FactorWorkspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StartingPoint<T> _start;
    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly FactorSlot<T>[] _slots;
    private readonly FactorSlot<T> _published;
    private readonly AlignedBuffer<T> _scratch;
    private readonly ScaledMeasurements<T> _measurements;
    private readonly T[] _residual;
    private int _current;
    private bool _isPublished;
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

        FactorWidth.RequireStorable(problem.Operator, width);
        Problem = problem;
        Width = width;
        _start = new StartingPoint<T>(problem, width, options.Start ?? defaultStart, options.InitialScale ?? defaultScale, options.Seed);
        _operator = problem.Operator;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _slots = [NewSlot(), NewSlot()];
        _published = NewSlot();
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(width));
        _measurements = new ScaledMeasurements<T>(_operator.MeasurementCount);
        _residual = new T[_operator.MeasurementCount];
        _inverseSquaredScale = InverseSquare.Of(_operator.ScaleFor(problem.Structure));
        Take(problem.Measurements.Span);
    }

    public SensingProblem<T> Problem { get; }

    public int Width { get; }

    /// <summary>The spectral estimate of the largest singular value of X.</summary>
    public double Sigma1 => Math.ScaleB(_start.Sigma1, _measurements.Exponent);

    public double RelativeResidual => _progress.RelativeResidual;

    public int Iteration => _progress.Iteration;

    /// <summary>The iterate in the user's units.</summary>
    public IterationInfo<T> Current
    {
        get
        {
            if (!_isPublished)
            {
                _published.Take(Here, _measurements.Exponent / 2);
                _isPublished = true;
            }

            return new(_progress, _published.Left, _published.Right);
        }
    }

    /// <summary>y, in the units of the workspace as everything here.</summary>
    public ReadOnlySpan<T> Measurements => _measurements.Values;

    public MatrixSpan<T> Left => Here.Left;

    public MatrixSpan<T> Right => Here.Right;

    public MatrixSpan<T> LeftGradient => Here.LeftGradient;

    public MatrixSpan<T> RightGradient => Here.RightGradient;

    /// <summary>Where a step builds the next left factor; nothing in it has to be kept.</summary>
    public MatrixSpan<T> NextLeft => Next.Left;

    /// <summary>Where a step builds the next right factor.</summary>
    public MatrixSpan<T> NextRight => Next.Right;

    private FactorSlot<T> Here => _slots[_current];

    private FactorSlot<T> Next => _slots[1 - _current];

    /// <summary>Goes to the starting point and evaluates it; nothing to do when already at iteration 0.</summary>
    public void Initialize()
    {
        if (!_atStart)
        {
            _start.Estimate(_measurements.Values);
            _start.Fill(Left, Right);
            BeginHere();
        }
    }

    /// <summary>Goes to the given factors as iteration 0 and evaluates them.</summary>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        _start.Estimate(_measurements.Values);
        left.CopyTo(Left);
        if (!_symmetric)
        {
            right.CopyTo(Right);
        }

        Here.ScaleFactors(-_measurements.Exponent / 2);
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
        _start.Estimate(_measurements.Values);
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

    /// <summary>Saves or restores the current iterate; restored, it is the initial point of the next run.</summary>
    public void Exchange(MethodState<T> state)
    {
        if (state.IsSaving)
        {
            RequireEvaluated();
        }

        _measurements.Exchange(state);
        Here.Exchange(state);
        state.Progress(ref _progress);
        if (state.IsRestoring)
        {
            _start.Estimate(_measurements.Values);
            (_canRevert, _isPublished, _atStart, _evaluated) = (false, false, true, true);
        }
    }

    /// <summary>A damping, or another amount of X, in the units of the workspace.</summary>
    public double ToUnits(double amount) => Math.ScaleB(amount, -_measurements.Exponent);

    /// <summary>A step of the rule's length along the plain gradient.</summary>
    public SolveStatus DescendGradient(StepSizeRule rule)
    {
        double step = rule.StepFor(Sigma1);
        Next.TakeGradients(Here);

        // eta goes with 1 / X: it grows as the units of X do.
        Move(Math.ScaleB(step, _measurements.Exponent));
        return Arrive(step, damping: 0);
    }

    /// <summary>A step along the preconditioned gradients that the next slot holds; they have the units of the factors.</summary>
    public SolveStatus Descend(double step, double damping)
    {
        Move(step);
        return Arrive(step, damping);
    }

    public void Revert()
    {
        if (_canRevert)
        {
            _current = 1 - _current;
            _progress = _before;
            _canRevert = false;
            _isPublished = false;
        }
    }

    public void Dispose()
    {
        _start.Dispose();
        _slots[0].Dispose();
        _slots[1].Dispose();
        _published.Dispose();
        _scratch.Dispose();
    }

    /// <summary>next &#8592; current - step / s^2 next; one factor 1 / s is in the gradients already.</summary>
    private void Move(double step)
    {
        T factor = T.CreateTruncating(Math.ScaleB(step * _inverseSquaredScale.Rest, _inverseSquaredScale.Exponent));
        Next.MoveFrom(Here, factor);
    }

    /// <summary>Makes the next factors the current ones and evaluates loss and gradient there: one operator call.</summary>
    public SolveStatus Arrive(double step, double damping)
    {
        _current = 1 - _current;
        _before = _progress;
        _canRevert = true;
        _atStart = false;
        Evaluate(_before.Iteration + 1, step, damping);
        return SolveStatus.Running;
    }

    private void Take(ReadOnlySpan<T> measurements)
    {
        int before = _measurements.Exponent;
        _measurements.Take(measurements);
        _atStart = false;
        Here.ScaleFactors((before - _measurements.Exponent) / 2);
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
        _isPublished = false;
        T loss = _symmetric
            ? _operator.SymmetricLossAndGradient(Left, _measurements.Values, _residual, LeftGradient, _scratch.Span)
            : _operator.LossAndGradient(
                new FactorPair<T>(Left, Right), _measurements.Values, _residual, LeftGradient, RightGradient, _scratch.Span);
        Here.ScaleGradients(_inverseSquaredScale.Exponent);

        // Half the squared residual in the general case, a quarter in the symmetric one: both gradients are A*(res) times the factor.
        double share = _symmetric ? 0.25 : 0.5;
        double norm = ResidualNorm.Of(loss, share, _residual);
        double isometric = Math.ScaleB(
            share * norm * norm * _inverseSquaredScale.Rest, 2 * (_measurements.Exponent + _inverseSquaredScale.Exponent));
        _progress = new IterationProgress(iteration, isometric, _measurements.Relative(norm), 0, stepSize, damping);
    }

    private FactorSlot<T> NewSlot() => new(_operator, Width, Problem.Structure);
}
