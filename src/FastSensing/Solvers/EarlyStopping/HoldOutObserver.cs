using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.EarlyStopping;

/// <summary>
/// Stops a run early: watches it through measurements that are held out, keeps the iterate that predicts them best, and
/// stops the run when the prediction has not improved by one per cent for a while. Before a run fits the noise, that is.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// For a method made for <see cref="HoldOut{T}.Training"/>. The run ends as StoppedByObserver, or as it would have without;
/// either way the factors kept here are those to take. Cost of a step: one forward call of the held-out measurements.
/// Allocation: at construction, and once for scratch.
/// </remarks>
public sealed class HoldOutObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A small random start predicts nothing for a long time: patience begins below this residual.</summary>
    private const double Begun = 0.9;
    private const double Improvement = 0.99;

    private readonly HoldOut<T> _holdOut;
    private readonly int _patience;
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly int _width;
    private double[] _squares;
    private double[] _newest;
    private double _mark = double.PositiveInfinity;
    private int _markedAt;
    private bool _newestIsBest;

    /// <summary>Makes an observer of one run.</summary>
    /// <param name="holdOut">The held-out measurements.</param>
    /// <param name="width">Factor width k of the method.</param>
    /// <param name="patience">Steps without an improvement by one per cent after which it stops; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width or patience below 1.</exception>
    public HoldOutObserver(HoldOut<T> holdOut, int width, int patience = 100)
    {
        ArgumentNullException.ThrowIfNull(holdOut);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        _holdOut = holdOut;
        _width = width;
        _patience = patience;
        _left = new T[holdOut.Training.Operator.Rows * width];
        _right = new T[holdOut.Training.Operator.Columns * width];
        _squares = new double[holdOut.Count];
        _newest = new double[holdOut.Count];
    }

    /// <summary>Called with the numbers of every iterate and its residual on the held-out measurements.</summary>
    internal Action<IterationProgress, double>? Report { get; init; }

    /// <summary>The lowest relative residual on the held-out measurements.</summary>
    public double BestResidual { get; private set; } = double.PositiveInfinity;

    /// <summary>The numbers of the iterate that reached it.</summary>
    public IterationProgress BestProgress { get; private set; }

    /// <summary>Its squared residuals, one per held-out measurement, relative to ||y_h||^2.</summary>
    internal ReadOnlySpan<double> Squares => _squares;

    /// <summary>The same of the last iterate.</summary>
    internal ReadOnlySpan<double> LastSquares => _newestIsBest ? _squares : _newest;

    /// <summary>Steps to the last iterate.</summary>
    public int LastIteration { get; private set; }

    /// <summary>L of the best iterate; the same memory at every call, changed by the run.</summary>
    public ReadOnlyMatrixSpan<T> Left => new(_left, _left.Length / _width, _width);

    /// <summary>R of the best iterate, likewise.</summary>
    public ReadOnlyMatrixSpan<T> Right => new(_right, _right.Length / _width, _width);

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        double residual = _holdOut.Residual(info.Left, info.Right, _newest);
        Report?.Invoke(info.Progress, residual);
        LastIteration = info.Progress.Iteration;
        _newestIsBest = residual < BestResidual;
        if (_newestIsBest)
        {
            BestResidual = residual;
            BestProgress = info.Progress;
            (_squares, _newest) = (_newest, _squares);
            info.Left.CopyTo(new MatrixSpan<T>(_left, info.Left.Rows, _width));
            info.Right.CopyTo(new MatrixSpan<T>(_right, info.Right.Rows, _width));
        }

        if (residual < Improvement * _mark || BestResidual > Begun)
        {
            _mark = residual;
            _markedAt = info.Progress.Iteration;
        }

        return info.Progress.Iteration - _markedAt >= _patience ? ObserverVerdict.Stop : ObserverVerdict.Continue;
    }
}
