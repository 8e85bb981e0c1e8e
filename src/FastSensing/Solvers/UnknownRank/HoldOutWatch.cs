using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Solvers.Observers;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// Watches a training run through the held-out measurements: keeps the iterate that predicts them best, and asks to stop
/// when the prediction has not improved by one per cent for a while.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class HoldOutWatch<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A small random start predicts nothing for a long time: patience begins below this residual.</summary>
    private const double Begun = 0.9;
    private const double Improvement = 0.99;

    private readonly HoldOut<T> _holdOut;
    private readonly Action<SolveProgress>? _report;
    private readonly SolveStage _stage;
    private readonly int _patience;
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly int _width;
    private double[] _squares;
    private double[] _newest;
    private double _mark = double.PositiveInfinity;
    private int _markedAt;
    private bool _newestIsBest;

    public HoldOutWatch(HoldOut<T> holdOut, int width, int patience, SolveStage stage, Action<SolveProgress>? report)
    {
        _holdOut = holdOut;
        _width = width;
        _patience = patience;
        _stage = stage;
        _report = report;
        _left = new T[holdOut.Training.Operator.Rows * width];
        _right = new T[holdOut.Training.Operator.Columns * width];
        _squares = new double[holdOut.Count];
        _newest = new double[holdOut.Count];
    }

    /// <summary>The lowest relative residual on the held-out measurements.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>The numbers of the iterate that reached it.</summary>
    public IterationProgress BestProgress { get; private set; }

    /// <summary>Its squared residuals, one per held-out measurement, relative to ||y_h||^2.</summary>
    public ReadOnlySpan<double> Squares => _squares;

    /// <summary>The same of the last iterate.</summary>
    public ReadOnlySpan<double> LastSquares => _newestIsBest ? _squares : _newest;

    /// <summary>Steps to the last iterate.</summary>
    public int LastIteration { get; private set; }

    /// <summary>The left factor of the best iterate.</summary>
    public ReadOnlyMatrixSpan<T> Left => new(_left, _left.Length / _width, _width);

    /// <summary>The right factor of the best iterate.</summary>
    public ReadOnlyMatrixSpan<T> Right => new(_right, _right.Length / _width, _width);

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        double residual = _holdOut.Residual(info.Left, info.Right, _newest);
        _report?.Invoke(new SolveProgress(_stage, _width, info.Progress, residual));
        LastIteration = info.Progress.Iteration;
        _newestIsBest = residual < Best;
        if (_newestIsBest)
        {
            Best = residual;
            BestProgress = info.Progress;
            (_squares, _newest) = (_newest, _squares);
            info.Left.CopyTo(new MatrixSpan<T>(_left, info.Left.Rows, _width));
            info.Right.CopyTo(new MatrixSpan<T>(_right, info.Right.Rows, _width));
        }

        if (residual < Improvement * _mark || Best > Begun)
        {
            _mark = residual;
            _markedAt = info.Progress.Iteration;
        }

        return info.Progress.Iteration - _markedAt >= _patience ? ObserverVerdict.Stop : ObserverVerdict.Continue;
    }
}
