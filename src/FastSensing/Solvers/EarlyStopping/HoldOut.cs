using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.EarlyStopping;

/// <summary>
/// A problem split by seed into measurements to fit to (nine tenths) and measurements to judge by (one tenth): the
/// residual on the latter estimates what a fit is worth on new measurements.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Shares the storage of the problem's operator, which must outlive it. One thread at a time.</remarks>
public sealed class HoldOut<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _held;
    private readonly T[] _measurements;
    private readonly T[] _predictions;
    private readonly double _squaredNorm;
    private readonly double _unit;
    private T[] _scratch = [];

    private HoldOut(SensingProblem<T> problem, int[] held)
    {
        int[] kept = Others(held, problem.Operator.MeasurementCount);
        _held = problem.Operator.Select(held);
        _measurements = Pick(problem.Measurements.Span, held);
        _predictions = new T[held.Length];
        Training = new SensingProblem<T>(
            problem.Operator.Select(kept), Pick(problem.Measurements.Span, kept), problem.Structure, problem.Rank);
        _unit = PowerOfTwo.InverseUnit(PowerOfTwo.LargestMagnitude<T>(_measurements));
        foreach (T value in _measurements)
        {
            _squaredNorm += Square(value);
        }
    }

    /// <summary>The measurements to fit to.</summary>
    public SensingProblem<T> Training { get; }

    /// <summary>Number of held-out measurements.</summary>
    public int Count => _measurements.Length;

    /// <summary>The split of a problem, or null when it has no measurement to spare: fewer than ten, or entries of which each is the last of its line.</summary>
    /// <param name="problem">The problem; with entries of X no row or column loses its last one, and (i, j) stays with (j, i).</param>
    /// <param name="seed">Fixes which are held out.</param>
    public static HoldOut<T>? Of(SensingProblem<T> problem, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int[] held = HeldOutSelection.Choose(problem, seed);
        return held.Length > 0 ? new HoldOut<T>(problem, held) : null;
    }

    /// <summary>||A_h(L R^T) - y_h|| / ||y_h||: the relative residual on the held-out measurements.</summary>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <param name="squares">The squared residual of each held-out measurement over ||y_h||^2, overwritten; length <see cref="Count"/>.</param>
    public double Residual(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, Span<double> squares)
    {
        int needed = _held.ScratchLength(left.Columns);
        if (_scratch.Length < needed)
        {
            _scratch = new T[needed];
        }

        _held.Forward(new FactorPair<T>(left, right), _predictions, _scratch);
        double sum = 0;
        for (int i = 0; i < _predictions.Length; i++)
        {
            squares[i] = _squaredNorm > 0 ? Square(_predictions[i] - _measurements[i]) / _squaredNorm : 0;
            sum += squares[i];
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The square in units of the largest measurement: it does not underflow where it counts.</summary>
    private double Square(T value)
    {
        double number = _unit * double.CreateTruncating(value);
        return number * number;
    }

    private static T[] Pick(ReadOnlySpan<T> from, int[] indices)
    {
        T[] picked = new T[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            picked[i] = from[indices[i]];
        }

        return picked;
    }

    private static int[] Others(int[] held, int count)
    {
        int[] others = new int[count - held.Length];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            if (Array.BinarySearch(held, i) < 0)
            {
                others[next++] = i;
            }
        }

        return others;
    }
}
