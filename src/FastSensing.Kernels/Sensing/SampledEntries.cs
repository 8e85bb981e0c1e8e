namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Positions (i, j) of a rows x columns matrix, each once, sorted by rows (CSR), with the number each had in the list
/// they were given as.
/// </summary>
/// <remarks>Immutable; sharable by threads. Storage: two integers an entry and one a row.</remarks>
internal sealed class SampledEntries
{
    private readonly int[] _rowStart;
    private readonly int[] _column;
    private readonly int[] _order;

    /// <summary>Sorts the positions.</summary>
    /// <exception cref="ArgumentException">Two lengths that differ; a position outside the matrix or given twice, which the message names.</exception>
    public SampledEntries(int rows, int columns, ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices)
    {
        if (rowIndices.Length != columnIndices.Length)
        {
            ThrowHelper.LengthsDisagree(
                "Sampled entries", nameof(rowIndices), rowIndices.Length, nameof(columnIndices), columnIndices.Length);
        }

        if (rows >= Array.MaxLength)
        {
            throw new ArgumentException($"Sampled entries of a {rows} x {columns} matrix: at most {Array.MaxLength - 1} rows can be stored.", nameof(rows));
        }

        Rows = rows;
        Columns = columns;
        _rowStart = new int[rows + 1];
        _column = new int[rowIndices.Length];
        _order = new int[rowIndices.Length];
        CountRows(rowIndices, columnIndices);
        FillRows(rowIndices, columnIndices);
        SortRows();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Number of positions.</summary>
    public int Count => _column.Length;

    /// <summary>Rows + 1 numbers: where each row's entries begin.</summary>
    public ReadOnlySpan<int> RowStart => _rowStart;

    /// <summary>The column of each entry, ascending within a row.</summary>
    public ReadOnlySpan<int> Column => _column;

    /// <summary>The place of each entry in the given list.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Number of positions (i, i).</summary>
    public int CountOnDiagonal()
    {
        int count = 0;
        for (int i = 0; i < Rows; i++)
        {
            count += Array.BinarySearch(_column, _rowStart[i], _rowStart[i + 1] - _rowStart[i], i) >= 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The positions in the order they were given.</summary>
    public void CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int e = _rowStart[i]; e < _rowStart[i + 1]; e++)
            {
                rowIndices[_order[e]] = i;
                columnIndices[_order[e]] = _column[e];
            }
        }
    }

    private void CountRows(ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices)
    {
        for (int e = 0; e < rowIndices.Length; e++)
        {
            if ((uint)rowIndices[e] >= (uint)Rows || (uint)columnIndices[e] >= (uint)Columns)
            {
                throw new ArgumentException(
                    $"Entry {e} is ({rowIndices[e]}, {columnIndices[e]}), outside the {Rows} x {Columns} matrix.", nameof(rowIndices));
            }

            _rowStart[rowIndices[e] + 1]++;
        }

        for (int i = 0; i < Rows; i++)
        {
            _rowStart[i + 1] += _rowStart[i];
        }
    }

    private void FillRows(ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices)
    {
        int[] next = _rowStart.AsSpan(0, Rows).ToArray();
        for (int e = 0; e < rowIndices.Length; e++)
        {
            int place = next[rowIndices[e]]++;
            _column[place] = columnIndices[e];
            _order[place] = e;
        }
    }

    private void SortRows()
    {
        for (int i = 0; i < Rows; i++)
        {
            int start = _rowStart[i];
            int end = _rowStart[i + 1];
            Array.Sort(_column, _order, start, end - start);
            for (int e = start + 1; e < end; e++)
            {
                if (_column[e] == _column[e - 1])
                {
                    int first = Math.Min(_order[e - 1], _order[e]);
                    int second = Math.Max(_order[e - 1], _order[e]);
                    throw new ArgumentException($"Entry ({i}, {_column[e]}) is given twice, as number {first} and as number {second}.", "rowIndices");
                }
            }
        }
    }
}
