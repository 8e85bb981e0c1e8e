using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// A writable rows x columns view of caller-owned memory: element (i, j) lies i RowStride + j ColumnStride elements
/// behind the first. See <see cref="ReadOnlyMatrixSpan{T}"/> for the picture.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly ref struct MatrixSpan<T>
    where T : unmanaged
{
    private readonly ref T _first;

    /// <summary>Views <paramref name="storage"/> as a dense row-major matrix.</summary>
    /// <param name="storage">At least rows x columns elements.</param>
    /// <param name="rows">Number of rows, &gt;= 0.</param>
    /// <param name="columns">Number of columns, &gt;= 0.</param>
    public MatrixSpan(Span<T> storage, int rows, int columns)
        : this(storage, rows, columns, columns, 1)
    {
    }

    /// <summary>Views <paramref name="storage"/> with any two strides.</summary>
    /// <param name="storage">At least (rows - 1) rowStride + (columns - 1) columnStride + 1 elements.</param>
    /// <param name="rows">Number of rows, &gt;= 0.</param>
    /// <param name="columns">Number of columns, &gt;= 0.</param>
    /// <param name="rowStride">Elements from one row to the next, &gt;= 0.</param>
    /// <param name="columnStride">Elements from one column to the next, &gt;= 0.</param>
    public MatrixSpan(Span<T> storage, int rows, int columns, int rowStride, int columnStride)
    {
        Validate(storage.Length, rows, columns, rowStride, columnStride);
        _first = ref MemoryMarshal.GetReference(storage);
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    private MatrixSpan(ref T first, int rows, int columns, int rowStride, int columnStride)
    {
        _first = ref first;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Elements from one column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>True when there is no element.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0;

    /// <summary>Elements from the first to behind the last; meaningless for an empty view.</summary>
    internal long Extent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((Rows - 1L) * RowStride) + ((Columns - 1L) * ColumnStride) + 1;
    }

    internal MatrixShape Shape => new(Rows, Columns, RowStride, ColumnStride);

    /// <summary>Element (row, column).</summary>
    /// <param name="row">0 &lt;= row &lt; Rows.</param>
    /// <param name="column">0 &lt;= column &lt; Columns.</param>
    public ref T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                ThrowHelper.IndexOutOfRange(row, column, Rows, Columns);
            }

            return ref Unsafe.Add(ref _first, ((nint)row * RowStride) + ((nint)column * ColumnStride));
        }
    }

    /// <summary>The same view, read-only.</summary>
    /// <param name="view">The view to restrict.</param>
    public static implicit operator ReadOnlyMatrixSpan<T>(MatrixSpan<T> view) => view.AsReadOnly();

    /// <summary>The same view, read-only.</summary>
    public ReadOnlyMatrixSpan<T> AsReadOnly() => new(in _first, Rows, Columns, RowStride, ColumnStride);

    /// <summary>The same memory as a columns x rows matrix: the strides swapped, nothing copied.</summary>
    public MatrixSpan<T> Transpose() => new(ref _first, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The block of <paramref name="rows"/> x <paramref name="columns"/> elements whose first is (row, column).</summary>
    /// <param name="row">First row.</param>
    /// <param name="column">First column.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    public MatrixSpan<T> Slice(int row, int column, int rows, int columns)
    {
        ValidateBlock(row, column, rows, columns, Rows, Columns);
        nint offset = rows == 0 || columns == 0 ? 0 : ((nint)row * RowStride) + ((nint)column * ColumnStride);
        return new(ref Unsafe.Add(ref _first, offset), rows, columns, RowStride, ColumnStride);
    }

    /// <summary>Row <paramref name="row"/> as a span; needs ColumnStride = 1 (or at most one column).</summary>
    /// <param name="row">0 &lt;= row &lt; Rows.</param>
    public Span<T> Row(int row)
    {
        ValidateBlock(row, 0, 1, Columns, Rows, Columns);
        if (ColumnStride != 1 && Columns > 1)
        {
            ThrowHelper.NotContiguous("A row", ColumnStride);
        }

        return Columns == 0 ? [] : MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _first, (nint)row * RowStride), Columns);
    }

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    /// <param name="value">The value written.</param>
    public void Fill(T value)
    {
        for (int i = 0; i < Rows; i++)
        {
            if (ColumnStride == 1)
            {
                Row(i).Fill(value);
                continue;
            }

            for (int j = 0; j < Columns; j++)
            {
                this[i, j] = value;
            }
        }
    }

    /// <summary>Copies every element to <paramref name="destination"/>, which must have the same shape and not overlap.</summary>
    /// <param name="destination">The view written.</param>
    public void CopyTo(MatrixSpan<T> destination) => AsReadOnly().CopyTo(destination);

    /// <summary>
    /// True when the two views may share an element: exact for blocks of one matrix, otherwise by address range.
    /// </summary>
    /// <param name="other">The other view.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Overlaps(in ReadOnlyMatrixSpan<T> other)
    {
        // Address ranges that do not meet, the common case, are told apart without a call.
        nint offset = Unsafe.ByteOffset(in _first, in other.GetPinnableReference());
        return offset < Extent * Unsafe.SizeOf<T>()
            && -offset < other.Extent * Unsafe.SizeOf<T>()
            && MatrixLayout.Overlaps(offset, Unsafe.SizeOf<T>(), Shape, other.Shape);
    }

    /// <summary>For <c>fixed</c>: a reference to the first element (null for an empty storage).</summary>
    public ref T GetPinnableReference() => ref _first;

    internal static void Validate(long available, int rows, int columns, int rowStride, int columnStride)
    {
        if (rows < 0)
        {
            ThrowHelper.NegativeSize(nameof(rows), rows);
        }

        if (columns < 0)
        {
            ThrowHelper.NegativeSize(nameof(columns), columns);
        }

        if (rowStride < 0)
        {
            ThrowHelper.NegativeSize(nameof(rowStride), rowStride);
        }

        if (columnStride < 0)
        {
            ThrowHelper.NegativeSize(nameof(columnStride), columnStride);
        }

        long required = MatrixLayout.RequiredLength(rows, columns, rowStride, columnStride);
        if (required > available)
        {
            ThrowHelper.StorageTooShort(rows, columns, rowStride, columnStride, required, available);
        }
    }

    internal static void ValidateBlock(int row, int column, int blockRows, int blockColumns, int rows, int columns)
    {
        if ((row | column | blockRows | blockColumns) < 0 || blockRows > rows - row || blockColumns > columns - column)
        {
            ThrowHelper.BlockOutOfRange(row, column, blockRows, blockColumns, rows, columns);
        }
    }
}
