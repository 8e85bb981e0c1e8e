using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// What every method that moves X itself holds: its own copy of y, and a ring of three slots, each an iterate with its
/// gradient. A step descends from the current one, decomposes what it finds and hands the triplets to <see cref="Arrive"/>;
/// the slot before the current one serves momentum, and the third lets a step be taken back.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Units: y is divided by 2^e as in <see cref="FactorWorkspace{T}"/>, and factors are kept in those units, for the
/// operator. Matrices that methods see, X and G = A*(A(X) - y) / s^2, are divided by 2^q as well, with the even q near
/// log2(1 / s): they are near 1 whatever the units of A and y are, and the same bits up to a power of four.</para>
/// <para>G is symmetrised for symmetric problems. Both X and G are affine in X, so that those of an extrapolated point
/// come without an operator call. Allocation: at construction only.</para>
/// </remarks>
internal sealed class MatrixWorkspace<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly StartingPoint<T> _start;
    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly ScaledMeasurements<T> _measurements;
    private readonly MatrixSlot<T>[] _slots;
    private readonly AlignedBuffer<T> _published;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _residual;
    private readonly T[] _measured;
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
    /// <param name="width">Columns of the factors that hold X, at most min(n1, n2).</param>
    /// <param name="options">Start, initial scale and seed are taken from here,</param>
    /// <param name="defaultStart">or the start from here; without a scale in the options a random start is X = 0.</param>
    public MatrixWorkspace(SensingProblem<T> problem, MatrixStructure structure, int width, MethodOptions options, FactorStart defaultStart)
    {
        problem.RequireStructure(structure);
        Problem = problem;
        Width = width;
        Units = new IsometricUnits(InverseSquare.Of(problem.Operator.ScaleFor(structure)));
        _operator = problem.Operator;
        OperatorShapes.RequireStorable(_operator.Rows, _operator.Columns);
        _start = new StartingPoint<T>(problem, width, options.StartOr(defaultStart, 0, singularValues: 1));
        _symmetric = structure == MatrixStructure.Symmetric;
        _measurements = new ScaledMeasurements<T>(_operator.MeasurementCount);
        _measurements.Take(problem.Measurements.Span);
        _slots = [new(_operator, width, structure), new(_operator, width, structure), new(_operator, width, structure)];
        _published = new AlignedBuffer<T>((nint)Scratch<T>.LengthOf(_operator.Rows, width) + Scratch<T>.LengthOf(_operator.Columns, width));
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(width));
        _residual = new T[_operator.MeasurementCount];
        _measured = new T[_operator.MeasurementCount];
    }

    public SensingProblem<T> Problem { get; }

    public int Width { get; }

    /// <summary>How the operator's matrices relate to isometric ones.</summary>
    public IsometricUnits Units { get; }

    /// <summary>The spectral norm of A*(y) / s^2, an estimate of that of X.</summary>
    public double Sigma1 => Math.ScaleB(_start.Sigma1, -Units.Exponent);

    public int Iteration => _progress.Iteration;

    /// <summary>The iterate in the user's units.</summary>
    public IterationInfo<T> Current
    {
        get
        {
            Scratch<T> pieces = new(_published.Span);
            MatrixSpan<T> left = pieces.TakeMatrix(_operator.Rows, Width);
            MatrixSpan<T> right = _symmetric ? left : pieces.TakeMatrix(_operator.Columns, Width);
            if (!_isPublished)
            {
                Here.Left.CopyTo(left);
                Here.Right.CopyTo(right);
                PowerOfTwo.Scale(_published.Span, _measurements.Exponent / 2);
                _isPublished = true;
            }

            return new(_progress, left, right);
        }
    }

    /// <summary>y / 2^e: times sqrt(Units.Rest), what A / s should measure.</summary>
    public ReadOnlySpan<T> Measurements => _measurements.Values;

    /// <summary>The current factors, in the units of the operator: 2^q times X.</summary>
    public FactorPair<T> Factors => Here.Factors;

    /// <summary>G at the current point.</summary>
    public ReadOnlyMatrixSpan<T> Gradient => Here.Gradient;

    private MatrixSlot<T> Here => _slots[_current];

    private MatrixSlot<T> Next => _slots[(_current + 1) % 3];

    private MatrixSlot<T> Before => _slots[(_current + 2) % 3];

    /// <summary>Goes to the starting point and evaluates it; nothing to do when already at iteration 0.</summary>
    public void Initialize()
    {
        if (!_atStart)
        {
            _start.Estimate(_measurements.Values);
            _start.Fill(Here.Left, Here.Right);
            Here.Rank = Width;
            BeginHere();
        }
    }

    /// <summary>Goes to the given factors, of at most <see cref="Width"/> columns, as iteration 0 and evaluates them.</summary>
    public void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        if (left.Columns > Width)
        {
            throw new ArgumentException(
                $"The factors given have {left.Columns} columns; this method holds X in at most {Width}.", nameof(left));
        }

        _start.Estimate(_measurements.Values);
        Here.Take(left, right);
        Here.ScaleFactors(-_measurements.Exponent / 2);
        BeginHere();
    }

    /// <summary>New measurements, fresh start.</summary>
    public void Restart(ReadOnlySpan<T> measurements)
    {
        Take(measurements);
        Initialize();
    }

    /// <summary>New measurements, the current iterate as iteration 0; a fresh start when there is none yet.</summary>
    public void ContinueWith(ReadOnlySpan<T> measurements)
    {
        Take(measurements);
        if (!_evaluated)
        {
            Initialize();
            return;
        }

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

    /// <summary>z &#8592; Y - step G(Y) with Y = X + momentum (X - X_before); no operator call, as G is affine.</summary>
    public void Descend(double step, double momentum, MatrixSpan<T> z)
    {
        z.Fill(T.Zero);
        Here.AddTo(z, 1 + momentum, step, Units);
        if (momentum != 0)
        {
            Before.AddTo(z, -momentum, step, Units);
        }
    }

    /// <summary>
    /// Makes X = sum_i (values_i - shift) u_i v_i^T the current iterate and evaluates loss and gradient there: one
    /// operator call.
    /// </summary>
    /// <param name="values">Numbers of at least shift, at most <see cref="Width"/> of them.</param>
    /// <param name="shift">What is taken off each.</param>
    /// <param name="left">Row i is u_i.</param>
    /// <param name="right">Row i is v_i; ignored for symmetric problems.</param>
    /// <param name="stepSize">For the report.</param>
    public SolveStatus Arrive(ReadOnlySpan<T> values, T shift, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, double stepSize)
    {
        Next.Take(values, shift, left, right, Units);
        _current = (_current + 1) % 3;
        _before = _progress;
        _canRevert = true;
        _atStart = false;
        Evaluate(_before.Iteration + 1, stepSize);
        return SolveStatus.Running;
    }

    /// <summary>||A(L R^T)|| / s: one forward product.</summary>
    /// <param name="left">L^T, c x n1 with c of at most <see cref="Width"/>.</param>
    /// <param name="right">R^T, c x n2; multiplied by 2^q here.</param>
    public double NormOfMeasured(ReadOnlyMatrixSpan<T> left, MatrixSpan<T> right)
    {
        for (int i = 0; i < right.Rows; i++)
        {
            PowerOfTwo.Scale(right.Row(i), Units.Exponent);
        }

        _operator.Forward(new FactorPair<T>(left.Transpose(), right.AsReadOnly().Transpose()), _measured, _scratch.Span);
        return Math.Sqrt(Units.Rest) * double.CreateTruncating(Level1.Nrm2<T>(_measured));
    }

    /// <summary>Saves or restores the current iterate; restored, it is the initial point of the next run.</summary>
    /// <param name="state">Where to or from.</param>
    /// <param name="hasMomentum">Whether the iterate before it is part of the state.</param>
    public void Exchange(MethodState<T> state, bool hasMomentum = false)
    {
        if (state.IsSaving)
        {
            RequireEvaluated();
        }

        _measurements.Exchange(state);
        Here.Exchange(state, "");
        if (hasMomentum)
        {
            Before.Exchange(state, "Before");
        }

        state.Progress(ref _progress);
        if (state.IsRestoring)
        {
            _start.Estimate(_measurements.Values);
            (_canRevert, _isPublished, _atStart, _evaluated) = (false, false, true, true);
        }
    }

    public void Revert()
    {
        if (_canRevert)
        {
            _current = (_current + 2) % 3;
            _progress = _before;
            _canRevert = false;
            _isPublished = false;
        }
    }

    public void Dispose()
    {
        _start.Dispose();
        Array.ForEach(_slots, static slot => slot.Dispose());
        _published.Dispose();
        _scratch.Dispose();
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
        Evaluate(0, 0);
        _atStart = true;
        _evaluated = true;
    }

    private void Evaluate(int iteration, double stepSize)
    {
        _isPublished = false;
        MatrixSpan<T> gradient = Here.Gradient;
        _operator.LossAndMatrixGradient(Here.Factors, _measurements.Values, _residual, gradient, _scratch.Span);
        if (_symmetric)
        {
            SymmetricPart.Take(gradient);
        }

        Units.ToIsometric(gradient);

        // Half the squared residual in the general case, a quarter in the symmetric one.
        double norm = double.CreateTruncating(Level1.Nrm2<T>(_residual));
        double loss = Math.ScaleB(
            (_symmetric ? 0.25 : 0.5) * norm * norm * Units.Rest, 2 * (_measurements.Exponent + Units.Exponent));
        _progress = new IterationProgress(iteration, loss, _measurements.Relative(norm), 0, stepSize, 0);
    }
}
