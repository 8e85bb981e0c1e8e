using System.Diagnostics;
using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>Another operator, whose calls and their time are counted: what a method asks of its operator.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Same results, shapes and errors as the other operator, which must outlive this one and is not disposed with it.</para>
/// <para>Unlike operators that compute, this one changes with every call: one thread at a time. Allocation: none but in
/// <see cref="Select"/>.</para>
/// </remarks>
public class CountingOperator<T> : IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _inner;
    private long _ticks;
    private long _start;

    private CountingOperator(IMeasurementOperator<T> inner) => _inner = inner;

    /// <summary>Calls of a loss with its gradient, of whatever form.</summary>
    public long Gradients { get; private set; }

    /// <summary>Calls of <see cref="Forward"/>.</summary>
    public long Forwards { get; private set; }

    /// <summary>Calls of <see cref="Adjoint"/> and <see cref="AdjointProducts"/>.</summary>
    public long Adjoints { get; private set; }

    /// <summary>All of these; a loss with its gradient is one.</summary>
    public long Calls => Gradients + Forwards + Adjoints;

    /// <summary>Time spent in them, in seconds.</summary>
    public double Seconds => (double)_ticks / Stopwatch.Frequency;

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public int Columns => _inner.Columns;

    /// <inheritdoc/>
    public int MeasurementCount => _inner.MeasurementCount;

    /// <inheritdoc/>
    public IBlas<T> Blas => _inner.Blas;

    /// <summary>Counts the calls of an operator; of one that reads entries as one that reads entries.</summary>
    /// <param name="op">The operator that computes.</param>
    public static CountingOperator<T> Around(IMeasurementOperator<T> op)
    {
        ArgumentNullException.ThrowIfNull(op);
        return op is IEntryMeasurements entries ? new OfEntries(op, entries) : new CountingOperator<T>(op);
    }

    /// <summary>Forgets all calls and their time.</summary>
    public void Reset() => (Gradients, Forwards, Adjoints, _ticks) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public T ScaleFor(MatrixStructure structure) => _inner.ScaleFor(structure);

    /// <inheritdoc/>
    public int ScratchLength(int width) => _inner.ScratchLength(width);

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        Begin();
        _inner.Forward(at, y, scratch);
        End();
        Forwards++;
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        Begin();
        _inner.Adjoint(z, x, scratch);
        End();
        Adjoints++;
    }

    /// <inheritdoc/>
    public void AdjointProducts(ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        Begin();
        _inner.AdjointProducts(z, at, productLeft, productRight, scratch);
        End();
        Adjoints++;
    }

    /// <inheritdoc/>
    public T LossAndGradient(
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch)
    {
        Begin();
        T loss = _inner.LossAndGradient(at, measurements, residual, gradientLeft, gradientRight, scratch);
        End();
        Gradients++;
        return loss;
    }

    /// <inheritdoc/>
    public T LossAndMatrixGradient(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
    {
        Begin();
        T loss = _inner.LossAndMatrixGradient(at, measurements, residual, x, scratch);
        End();
        Gradients++;
        return loss;
    }

    /// <inheritdoc/>
    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        Begin();
        T loss = _inner.SymmetricLossAndGradient(factor, measurements, residual, gradient, scratch);
        End();
        Gradients++;
        return loss;
    }

    /// <summary>The operator of some of the measurements, counted by itself.</summary>
    /// <param name="measurements">Indices in 0..m-1, each at most once.</param>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements) => Around(_inner.Select(measurements));

    private void Begin() => _start = Stopwatch.GetTimestamp();

    private void End() => _ticks += Stopwatch.GetTimestamp() - _start;

    /// <summary>Says of itself as well that its measurements are entries.</summary>
    private sealed class OfEntries(IMeasurementOperator<T> op, IEntryMeasurements entries) : CountingOperator<T>(op), IEntryMeasurements
    {
        public void CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices) => entries.CopyPositionsTo(rowIndices, columnIndices);
    }
}
