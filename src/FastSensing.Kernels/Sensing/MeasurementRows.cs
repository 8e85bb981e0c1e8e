using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// The rows of A as the span edge sees them: rows of <see cref="Length"/> elements, RowStride apart in one aligned buffer,
/// all of them or a selection. Longer than a span can be: addressed row by row in native integers.
/// </summary>
internal readonly ref struct MeasurementRows<T>
    where T : unmanaged
{
    /// <summary>All rows of the buffer.</summary>
    /// <param name="storage">(storedRows - 1) rowStride + length elements at least.</param>
    /// <param name="rowStride">Elements from one row to the next, &gt;= length.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="storedRows">Number of rows in the buffer.</param>
    public MeasurementRows(AlignedBuffer<T> storage, nint rowStride, int length, int storedRows)
        : this(storage, rowStride, length, storedRows, default)
    {
        Count = storedRows;
    }

    /// <summary>Some rows of the buffer, in the given order.</summary>
    /// <param name="storage">(storedRows - 1) rowStride + length elements at least.</param>
    /// <param name="rowStride">Elements from one row to the next, &gt;= length.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="storedRows">Number of rows in the buffer.</param>
    /// <param name="selection">Indices of stored rows.</param>
    public MeasurementRows(AlignedBuffer<T> storage, nint rowStride, int length, int storedRows, ReadOnlySpan<int> selection)
    {
        if (length < 0 || rowStride < length || storedRows < 0
            || (storedRows > 0 && checked(((storedRows - 1) * rowStride) + length) > storage.Length))
        {
            throw new ArgumentException(
                $"{storedRows} rows of {length} elements at stride {rowStride} do not fit a buffer of {storage.Length}.", nameof(storage));
        }

        foreach (int row in selection)
        {
            if ((uint)row >= (uint)storedRows)
            {
                throw new ArgumentException($"Row {row} is selected of {storedRows} stored rows.", nameof(selection));
            }
        }

        Storage = storage;
        RowStride = rowStride;
        Length = length;
        Selection = selection;
        Count = selection.Length;
    }

    public AlignedBuffer<T> Storage { get; }

    public nint RowStride { get; }

    /// <summary>Elements of a row.</summary>
    public int Length { get; }

    /// <summary>Indices of stored rows; empty where all are meant.</summary>
    public ReadOnlySpan<int> Selection { get; }

    /// <summary>Number of rows meant.</summary>
    public int Count { get; }
}
