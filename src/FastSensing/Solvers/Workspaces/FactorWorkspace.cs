using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// What every factor method holds: its own copy of y, and two slots of factors with their gradients. A step writes the
/// next factors into the free slot, and <see cref="Arrive"/> swaps the slots, so that taking a step back is a swap as well.
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
    private readonly bool _symmetric;
    private readonly FactorSlot<T>[] _slots;
    private readonly FactorBuffer<T> _published;
    private readonly int _rankSought;
    private int _current;
    private bool _isPublished;
    private bool _atStart;
    private bool _evaluated;
    private bool _canRevert;
    private IterationProgress _progress;
    private IterationProgress _before;

    /// <summary>Makes the workspace of a method for problems of a structure; start, initial scale and seed come from the options, or from the defaults.</summary>
    public FactorWorkspace(
        SensingProblem<T> problem, MatrixStructure structure, int width, MethodOptions options, FactorStart defaultStart, double defaultScale)
    {
        problem.RequireStructure(structure);
        FactorWidth.RequireStorable(problem.Operator, width);
        Problem = problem;
        Width = width;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _rankSought = options.RankSought(problem.Rank ?? width);
        _start = new StartingPoint<T>(problem, width, options.StartOr(defaultStart, defaultScale, _rankSought));
        Loss = new FactorLoss<T>(problem, width);
        _slots = [new(problem.Operator, width, structure), new(problem.Operator, width, structure)];
        _published = new FactorBuffer<T>(problem.Operator, width, structure);
        Loss.Take(problem.Measurements.Span);
    }

    public SensingProblem<T> Problem { get; }

    public int Width { get; }

    /// <summary>The loss, and how its units go into each other.</summary>
    public FactorLoss<T> Loss { get; }

    /// <summary>The spectral estimate of the largest singular value of X.</summary>
    public double Sigma1 => Math.ScaleB(_start.Sigma1, Loss.Exponent);

    public double RelativeResidual => _progress.RelativeResidual;

    public int Iteration => _progress.Iteration;

    /// <summary>y, in the units of the workspace as everything here.</summary>
    public ReadOnlySpan<T> Measurements => Loss.Measurements;

    /// <summary>The step size that led to the current iterate; 0 at the initial point.</summary>
    public double LastStep => _progress.StepSize;

    /// <summary>What damping rules look at.</summary>
    public DampingState DampingState => new(
        _progress.Iteration,
        Sigma1,
        Math.ScaleB(_start.SingularValue(_rankSought), Loss.Exponent),
        _progress.RelativeResidual,
        Loss.Distance(Here.ResidualNorm) * (_symmetric ? 0.5 : Math.Sqrt(0.5)));

    /// <summary>The iterate in the user's units.</summary>
    public IterationInfo<T> Current
    {
        get
        {
            if (!_isPublished)
            {
                _published.Take(Here.Factors);
                _published.Scale(Loss.Exponent / 2);
                _isPublished = true;
            }

            return new(_progress, _published.Left, _published.Right);
        }
    }

    public MatrixSpan<T> Left => Here.Factors.Left;

    public MatrixSpan<T> Right => Here.Factors.Right;

    public MatrixSpan<T> LeftGradient => Here.Gradients.Left;

    public MatrixSpan<T> RightGradient => Here.Gradients.Right;

    /// <summary>Where a step builds the next left factor; nothing in it has to be kept.</summary>
    public MatrixSpan<T> NextLeft => Next.Factors.Left;

    /// <summary>Where a step builds the next right factor.</summary>
    public MatrixSpan<T> NextRight => Next.Factors.Right;

    /// <summary>The current iterate.</summary>
    public FactorSlot<T> Here => _slots[_current];

    /// <summary>Where a step builds the next iterate.</summary>
    public FactorSlot<T> Next => _slots[1 - _current];

    /// <summary>Makes every slot keep a second pair of factors; at construction of a method.</summary>
    public void AddTrail()
    {
        _slots[0].AddTrail();
        _slots[1].AddTrail();
    }

    /// <summary>Goes to the starting point and evaluates it; nothing to do when already at iteration 0.</summary>
    public void Initialize()
    {
        if (!_atStart)
        {
            _start.Estimate(Loss.Measurements);
            _start.Fill(Left, Right);
            BeginHere();
        }
    }

    /// <summary>Goes to the given factors as iteration 0 and evaluates them.</summary>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        _start.Estimate(Loss.Measurements);
        left.CopyTo(Left);
        if (!_symmetric)
        {
            right.CopyTo(Right);
        }

        Here.Factors.Scale(-Loss.Exponent / 2);
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
        _start.Estimate(Loss.Measurements);
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

        Loss.Exchange(state);
        Here.Exchange(state);
        state.Progress(ref _progress);
        if (state.IsRestoring)
        {
            _start.Estimate(Loss.Measurements);
            (_canRevert, _isPublished, _atStart, _evaluated) = (false, false, true, true);
        }
    }

    /// <summary>A step along the plain gradient; the step in units of 1 / X.</summary>
    public SolveStatus DescendGradient(double step)
    {
        MoveAlongGradient(step);
        return Arrive(step, damping: 0);
    }

    /// <summary>Next factors &#8592; the current ones - step times the plain gradient, without going there.</summary>
    public void MoveAlongGradient(double step)
    {
        Next.Factors.Take(Here.Gradients);
        Next.Factors.MoveFrom(Here.Factors, T.CreateTruncating(Loss.ToGradientStep(step)));
    }

    /// <summary>Goes beyond the next factors N, to N + momentum (N - trail), and keeps N as the trail.</summary>
    public SolveStatus ArriveWithMomentum(double step, double momentum)
    {
        Next.Trail.Take(Next.Factors);
        Next.Factors.ExtrapolateFrom(Here.Trail, T.CreateTruncating(momentum));
        return Arrive(step, damping: 0);
    }

    /// <summary>A step along the directions in the next slot, which have the units of gradients; the step in units of 1 / X.</summary>
    public SolveStatus DescendAlongNext(double step)
    {
        Next.Factors.MoveFrom(Here.Factors, T.CreateTruncating(Loss.ToGradientStep(step)));
        return Arrive(step, damping: 0);
    }

    /// <summary>A step along the preconditioned gradients that the next slot holds; they have the units of the factors.</summary>
    public SolveStatus Descend(double step, double damping)
    {
        Next.Factors.MoveFrom(Here.Factors, T.CreateTruncating(Loss.ToFactorStep(step)));
        return Arrive(step, damping);
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

    /// <summary>Takes the last step back, once.</summary>
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
        Loss.Dispose();
    }

    private void Take(ReadOnlySpan<T> measurements)
    {
        int exponent = Loss.Exponent;
        Loss.Take(measurements);
        _atStart = false;
        Here.Factors.Scale((exponent - Loss.Exponent) / 2);
    }

    private void BeginHere()
    {
        _canRevert = false;
        Here.Memory = 0;
        if (Here.HasTrail)
        {
            Here.Trail.Take(Here.Factors);
        }

        Evaluate(0, 0, 0);
        _atStart = true;
        _evaluated = true;
    }

    private void Evaluate(int iteration, double stepSize, double damping)
    {
        _isPublished = false;
        Loss.Evaluate(Here);
        double norm = Here.ResidualNorm;
        _progress = new IterationProgress(iteration, Loss.Isometric(norm), Loss.Relative(norm), 0, stepSize, damping);
    }
}
