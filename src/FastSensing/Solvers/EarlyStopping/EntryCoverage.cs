using System.Numerics;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.EarlyStopping;

/// <summary>How many entries each row and each column of X has among the measurements, where these are entries.</summary>
/// <remarks>Of a symmetric X an entry (i, j) counts for row i and for row j, and (j, i) is its twin, the same unknown again.</remarks>
internal sealed class EntryCoverage
{
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly int[] _rowCounts;
    private readonly int[] _columnCounts;
    private readonly Dictionary<(int Row, int Column), int> _twins = [];

    private EntryCoverage(int[] rows, int[] columns, int[] rowCounts, int[] columnCounts)
    {
        (_rows, _columns, _rowCounts, _columnCounts) = (rows, columns, rowCounts, columnCounts);
        if (IsSymmetric)
        {
            for (int e = 0; e < rows.Length; e++)
            {
                _twins.Add((rows[e], columns[e]), e);
            }
        }

        for (int e = 0; e < rows.Length; e++)
        {
            // The first of two twins counts for both.
            if (!(Twin(e) < e))
            {
                Count(e, 1);
            }
        }
    }

    private bool IsSymmetric => ReferenceEquals(_rowCounts, _columnCounts);

    /// <summary>The coverage of a problem, or null when its measurements are not entries.</summary>
    public static EntryCoverage? Of<T>(SensingProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IMeasurementOperator<T> op = problem.Operator;
        if (op is not IEntryMeasurements entries)
        {
            return null;
        }

        int[] rows = new int[op.MeasurementCount];
        int[] columns = new int[op.MeasurementCount];
        entries.CopyPositionsTo(rows, columns);
        int[] rowCounts = new int[op.Rows];
        return new EntryCoverage(rows, columns, rowCounts, problem.Structure == MatrixStructure.Symmetric ? rowCounts : new int[op.Columns]);
    }

    /// <summary>The other measurement of the same unknown, or null.</summary>
    public int? Twin(int entry) =>
        _rows[entry] != _columns[entry] && _twins.TryGetValue((_columns[entry], _rows[entry]), out int twin) ? twin : null;

    /// <summary>Takes an entry and its twin away, unless a row or column would be left without any.</summary>
    public bool TryRemove(int entry)
    {
        Count(entry, -1);
        if (_rowCounts[_rows[entry]] > 0 && _columnCounts[_columns[entry]] > 0)
        {
            return true;
        }

        Count(entry, 1);
        return false;
    }

    /// <summary>The first row or column without any entry, in words, or null.</summary>
    public string? FirstUndetermined()
    {
        int row = Array.IndexOf(_rowCounts, 0);
        int column = Array.IndexOf(_columnCounts, 0);
        return row >= 0 ? $"Row {row}" : column >= 0 ? $"Column {column}" : null;
    }

    private void Count(int entry, int change)
    {
        _rowCounts[_rows[entry]] += change;
        if (!(IsSymmetric && _rows[entry] == _columns[entry]))
        {
            _columnCounts[_columns[entry]] += change;
        }
    }
}
