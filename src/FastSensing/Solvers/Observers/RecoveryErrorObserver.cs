using System.Numerics;
using FastSensing.Diagnostics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.Observers;

/// <summary>||L R^T - X*||_F / ||X*||_F of every iterate, against a known X*.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost: 2 n1 n2 k flops an iterate, outside the timed step. Allocation: at construction only.</remarks>
public sealed class RecoveryErrorObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _truth;
    private readonly int _rows;
    private readonly int _columns;
    private readonly double _stopBelow;

    /// <summary>Copies X*.</summary>
    /// <param name="truth">X*, n1 x n2.</param>
    /// <param name="stopBelow">Asks the driver to stop at this error; 0 never does.</param>
    public RecoveryErrorObserver(ReadOnlyMatrixSpan<T> truth, double stopBelow = 0)
    {
        (_rows, _columns) = (truth.Rows, truth.Columns);
        _truth = new T[_rows * _columns];
        truth.CopyTo(new MatrixSpan<T>(_truth, _rows, _columns));
        _stopBelow = stopBelow;
    }

    /// <summary>The error of the last iterate seen; NaN before the first.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <summary>The iteration of the last iterate seen.</summary>
    public int Iteration { get; private set; }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        Error = RecoveryError.Of(info.Left, info.Right, new ReadOnlyMatrixSpan<T>(_truth, _rows, _columns));
        Iteration = info.Progress.Iteration;
        return Error < _stopBelow ? ObserverVerdict.Stop : ObserverVerdict.Continue;
    }
}
