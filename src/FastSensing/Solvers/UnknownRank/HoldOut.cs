using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// A problem split by seed into measurements to fit to (nine tenths) and measurements to judge by (one tenth): the
/// residual on the latter estimates what a fit is worth on new measurements.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class HoldOut<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Share = 10;

    private readonly IMeasurementOperator<T> _held;
    private readonly T[] _measurements;
    private readonly T[] _predictions;
    private readonly double _squaredNorm;
    private readonly double _unit;
    private T[] _scratch = [];

    public HoldOut(SensingProblem<T> problem, ulong seed)
    {
        int[] order = Shuffle(problem.Operator.MeasurementCount, seed);
        int count = CountFor(problem);
        int[] held = order[..count];
        int[] kept = order[count..];
        Array.Sort(held);
        Array.Sort(kept);
        _held = problem.Operator.Select(held);
        _measurements = Pick(problem.Measurements.Span, held);
        _predictions = new T[count];
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

    /// <summary>How many measurements a problem holds out; 0 when it has too few.</summary>
    public static int CountFor(SensingProblem<T> problem) => problem.Operator.MeasurementCount / Share;

    /// <summary>||A_h(L R^T) - y_h|| / ||y_h||.</summary>
    /// <param name="left">L.</param>
    /// <param name="right">R.</param>
    /// <param name="squares">The squared residual of each held-out measurement over ||y_h||^2.</param>
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

    private static int[] Shuffle(int count, ulong seed)
    {
        NormalGenerator generator = new NormalGenerator(seed).Stream(3);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(generator.Bits((ulong)i) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
