using FastSensing.Sampling;

namespace FastSensing.Operators;

/// <summary>Which entries of a matrix are observed: distinct places, drawn uniformly, the same for a seed on every platform.</summary>
public sealed class EntrySamples
{
    private readonly int[] _rows;
    private readonly int[] _columns;

    private EntrySamples(int[] rows, int[] columns)
    {
        _rows = rows;
        _columns = columns;
    }

    /// <summary>Row of each sample; samples are in order of rows, then columns.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Column of each sample.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>Draws entries without repetition; of a symmetric matrix, those on and above the diagonal.</summary>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1; equal to n1 for a symmetric matrix.</param>
    /// <param name="count">m, at most the number of unknowns: n1 n2, or n (n + 1) / 2.</param>
    /// <param name="structure">General or Symmetric.</param>
    /// <param name="seed">Every seed is another draw.</param>
    /// <exception cref="ArgumentException">More samples than unknowns; a symmetric matrix that is not square.</exception>
    /// <remarks>Cost and memory: O(m log m) and O(m), whatever the size of the matrix.</remarks>
    public static EntrySamples Uniform(int rows, int columns, int count, MatrixStructure structure, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        bool symmetric = structure == MatrixStructure.Symmetric;
        if (symmetric && rows != columns)
        {
            throw new ArgumentException($"A symmetric matrix must be square; it is {rows} x {columns}.", nameof(structure));
        }

        long cells = structure.Unknowns(rows, columns);
        if (count > cells)
        {
            throw new ArgumentException($"{count} distinct entries are asked for; a {(symmetric ? "symmetric " : string.Empty)}{rows} x {columns} matrix has {cells}.", nameof(count));
        }

        long[] drawn = Draw(cells, count, new NormalGenerator(seed));
        Array.Sort(drawn);
        int[] rowOf = new int[count];
        int[] columnOf = new int[count];
        int row = 0;
        long rowStart = 0;
        for (int i = 0; i < count; i++)
        {
            for (int length = columns - (symmetric ? row : 0); drawn[i] >= rowStart + length; length = columns - (symmetric ? row : 0))
            {
                rowStart += length;
                row++;
            }

            rowOf[i] = row;
            columnOf[i] = (int)(drawn[i] - rowStart) + (symmetric ? row : 0);
        }

        return new EntrySamples(rowOf, columnOf);
    }

    /// <summary>The first steps of a Fisher-Yates shuffle of 0..cells-1, of which only the touched places are kept.</summary>
    private static long[] Draw(long cells, int count, NormalGenerator generator)
    {
        Dictionary<long, long> moved = [];
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++)
        {
            long place = i + (long)Math.BigMul(generator.Bits((ulong)i), (ulong)(cells - i), out _);
            drawn[i] = moved.GetValueOrDefault(place, place);
            moved[place] = moved.GetValueOrDefault(i, i);
        }

        return drawn;
    }
}
