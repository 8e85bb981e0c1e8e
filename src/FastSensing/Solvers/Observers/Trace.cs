using System.Numerics;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// Records a run in memory of fixed size: the initial point is index 0, the last iterate is always the last index, and
/// when the memory is full every second point goes and the stride doubles.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
public sealed class Trace<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TracePoint[] _points;
    private readonly RecoveryErrorObserver<T>? _errors;
    private int _kept;
    private bool _hasLast;

    /// <summary>Takes the memory.</summary>
    /// <param name="capacity">Most points that are kept, at least 3.</param>
    /// <param name="errors">Measures the recovery error of every iterate, or null.</param>
    public Trace(int capacity = 1024, RecoveryErrorObserver<T>? errors = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 3);
        _points = new TracePoint[capacity];
        _errors = errors;
    }

    /// <summary>Iterations between points, apart from the last one.</summary>
    public int Stride { get; private set; } = 1;

    /// <summary>Number of points.</summary>
    public int Count => _kept + (_hasLast ? 1 : 0);

    /// <summary>The points, in order of iteration.</summary>
    public ReadOnlySpan<TracePoint> Points => _points.AsSpan(0, Count);

    /// <summary>The first recorded iterate with a recovery error of at most the given one, or null: iterations and seconds to it.</summary>
    /// <param name="error">||X - X*||_F / ||X*||_F.</param>
    public TracePoint? FirstWithErrorBelow(double error)
    {
        foreach (TracePoint point in Points)
        {
            if (point.RecoveryError <= error)
            {
                return point;
            }
        }

        return null;
    }

    /// <summary>The same for the relative residual, which needs no X*.</summary>
    /// <param name="residual">||A(X) - y|| / ||y||.</param>
    public TracePoint? FirstWithResidualBelow(double residual)
    {
        foreach (TracePoint point in Points)
        {
            if (point.Progress.RelativeResidual <= residual)
            {
                return point;
            }
        }

        return null;
    }

    /// <summary>Forgets everything; the initial point of a run does so by itself.</summary>
    public void Clear()
    {
        _kept = 0;
        _hasLast = false;
        Stride = 1;
    }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        int iteration = info.Progress.Iteration;
        if (iteration == 0)
        {
            Clear();
        }

        ObserverVerdict verdict = _errors?.Observe(info) ?? ObserverVerdict.Continue;
        TracePoint point = new(info.Progress, _errors?.Error ?? double.NaN);

        // One place stays free for a last iterate between strides.
        if (iteration % Stride == 0 && _kept == _points.Length - 1)
        {
            Thin();
        }

        // Behind the kept points lies the newest one; it is kept for good if it falls on the stride.
        _points[_kept] = point;
        _hasLast = iteration % Stride != 0;
        _kept += _hasLast ? 0 : 1;
        return verdict;
    }

    private void Thin()
    {
        int half = (_kept + 1) / 2;
        for (int i = 0; i < half; i++)
        {
            _points[i] = _points[2 * i];
        }

        _kept = half;
        Stride = checked(Stride * 2);
    }
}
