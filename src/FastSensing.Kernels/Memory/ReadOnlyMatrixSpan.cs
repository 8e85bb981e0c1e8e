using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// A read-only rows x columns view of caller-owned memory: element (i, j) lies i RowStride + j ColumnStride elements
/// behind the first.
/// <code>
///            columns                 row-major, dense      RowStride = Columns, ColumnStride = 1
///        +-------------+ . . .       row-major, padded     RowStride > Columns, ColumnStride = 1
///  rows  | (0,0) (0,1) |     .       transposed            the two strides swapped: Transpose() costs nothing
///        | (1,0) ...   |     .       block                 Slice(...) keeps both strides
///        +-------------+ . . .
///        |&lt;--- RowStride ---&gt;|
/// </code>
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public readonly ref struct ReadOnlyMatrixSpan<T>
    where T : unmanaged
{
    private readonly ref readonly T _first;

    /// <summary>Views <paramref name="storage"/> as a dense row-major matrix.</summary>
    /// <param name="storage">At least rows x columns elements.</param>
    /// <param name="rows">Number of rows, &gt;= 0.</param>
    /// <param name="columns">Number of columns, &gt;= 0.</param>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> storage, int rows, int columns)
        : this(storage, rows, columns, columns, 1)
    {
    }

    /// <summary>Views <paramref name="storage"/> with any two strides.</summary>
    /// <param name="storage">At least (rows - 1) rowStride + (columns - 1) columnStride + 1 elements.</param>
    /// <param name="rows">Number of rows, &gt;= 0.</param>
    /// <param name="columns">Number of columns, &gt;= 0.</param>
    /// <param name="rowStride">Elements from one row to the next, &gt;= 0.</param>
    /// <param name="columnStride">Elements from one column to the next, &gt;= 0.</param>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> storage, int rows, int columns, int rowStride, int columnStride)
    {
        MatrixSpan<T>.Validate(storage.Length, rows, columns, rowStride, columnStride);
        _first = ref MemoryMarshal.GetReference(storage);
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    internal ReadOnlyMatrixSpan(ref readonly T first, int rows, int columns, int rowStride, int columnStride)
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
    public ref readonly T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            {
                ThrowHelper.IndexOutOfRange(row, column, Rows, Columns);
            }

            return ref Unsafe.Add(ref Unsafe.AsRef(in _first), ((nint)row * RowStride) + ((nint)column * ColumnStride));
        }
    }

    /// <summary>The same memory as a columns x rows matrix: the strides swapped, nothing copied.</summary>
    public ReadOnlyMatrixSpan<T> Transpose() => new(in _first, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The block of <paramref name="rows"/> x <paramref name="columns"/> elements whose first is (row, column).</summary>
    /// <param name="row">First row.</param>
    /// <param name="column">First column.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Columns of the block.</param>
    public ReadOnlyMatrixSpan<T> Slice(int row, int column, int rows, int columns)
    {
        MatrixSpan<T>.ValidateBlock(row, column, rows, columns, Rows, Columns);
        nint offset = rows == 0 || columns == 0 ? 0 : ((nint)row * RowStride) + ((nint)column * ColumnStride);
        return new(in Unsafe.Add(ref Unsafe.AsRef(in _first), offset), rows, columns, RowStride, ColumnStride);
    }

    /// <summary>Row <paramref name="row"/> as a span; needs ColumnStride = 1 (or at most one column).</summary>
    /// <param name="row">0 &lt;= row &lt; Rows.</param>
    public ReadOnlySpan<T> Row(int row)
    {
        MatrixSpan<T>.ValidateBlock(row, 0, 1, Columns, Rows, Columns);
        if (ColumnStride != 1 && Columns > 1)
        {
            ThrowHelper.NotContiguous("A row", ColumnStride);
        }

        return Columns == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _first), (nint)row * RowStride), Columns);
    }

    /// <summary>Copies every element to <paramref name="destination"/>, which must have the same shape and not overlap.</summary>
    /// <param name="destination">The view written.</param>
    public void CopyTo(MatrixSpan<T> destination)
    {
        if (Rows != destination.Rows || Columns != destination.Columns)
        {
            ThrowHelper.ShapesDisagree("CopyTo", "source", Rows, Columns, nameof(destination), destination.Rows, destination.Columns);
        }

        if (destination.Overlaps(this))
        {
            ThrowHelper.Overlaps("CopyTo", nameof(destination), "source");
        }

        bool contiguousRows = Columns <= 1 || (ColumnStride == 1 && destination.ColumnStride == 1);
        for (int i = 0; i < Rows; i++)
        {
            if (contiguousRows)
            {
                Row(i).CopyTo(destination.Row(i));
                continue;
            }

            for (int j = 0; j < Columns; j++)
            {
                destination[i, j] = this[i, j];
            }
        }
    }

    /// <summary>For <c>fixed</c>: a reference to the first element (null for an empty storage).</summary>
    public ref readonly T GetPinnableReference() => ref _first;
}
