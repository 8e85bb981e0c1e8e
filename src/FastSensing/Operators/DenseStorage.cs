using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;

namespace FastSensing.Operators;

/// <summary>
/// The measurement matrices A_i of a dense operator, one aligned row each, in one block that may hold more than 2^31
/// elements. Shared by an operator and its selections; disposed by the former.
/// </summary>
internal sealed class DenseStorage<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Page = 4096;

    private readonly AlignedBuffer<T> _values;
    private readonly nint _rowStride;

    public DenseStorage(int rows, int columns, int measurementCount)
    {
        Rows = rows;
        Columns = columns;
        Count = measurementCount;
        _rowStride = RowStride(checked(rows * columns));
        _values = new AlignedBuffer<T>(checked(_rowStride * measurementCount));
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Number of stored matrices.</summary>
    public int Count { get; }

    /// <summary>A_i by rows.</summary>
    public Span<T> this[int i] => _values.Slice(i * _rowStride, Rows * Columns);

    /// <summary>
    /// Elements from one A_i to the next: whole cache lines, and one more where they would make whole pages, as rows
    /// that begin at equal page offsets compete for the same places of the cache.
    /// </summary>
    public static nint RowStride(int length)
    {
        int stride = Scratch<T>.LengthOf(length);
        bool wholePages = (nint)stride * Unsafe.SizeOf<T>() % Page == 0;
        return wholePages ? (nint)stride + Scratch<T>.LengthOf(1) : stride;
    }

    /// <summary>What the kernels take: all rows, or the selected ones in their order.</summary>
    public MeasurementRows<T> Select(int[]? selection) => selection is null
        ? new(_values, _rowStride, Rows * Columns, Count)
        : new(_values, _rowStride, Rows * Columns, Count, selection);

    public void Dispose() => _values.Dispose();
}
