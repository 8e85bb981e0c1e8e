namespace FastSensing.Kernels.Memory;

/// <summary>The arithmetic of two-stride layouts: storage needed, self-aliasing, overlap. All in checked 64 bits.</summary>
internal static class MatrixLayout
{
    /// <summary>(rows - 1) rowStride + (columns - 1) columnStride + 1, or 0 for an empty matrix.</summary>
    public static long RequiredLength(int rows, int columns, int rowStride, int columnStride) =>
        rows == 0 || columns == 0
            ? 0
            : checked(((rows - 1L) * rowStride) + ((columns - 1L) * columnStride) + 1L);

    /// <summary>True when two different elements (i, j) share one address.</summary>
    /// <remarks>i rs + j cs = i' rs + j' cs has its smallest solution at distances cs / g and rs / g, g = gcd(rs, cs).</remarks>
    public static bool AliasesItself(int rows, int columns, int rowStride, int columnStride)
    {
        if ((rows <= 1 && columns <= 1) || rows == 0 || columns == 0)
        {
            return false;
        }

        if (rows == 1)
        {
            return columnStride == 0;
        }

        if (columns == 1)
        {
            return rowStride == 0;
        }

        int divisor = GreatestCommonDivisor(rowStride, columnStride);
        return divisor == 0 || (columnStride / divisor < rows && rowStride / divisor < columns);
    }

    /// <summary>
    /// True when the element sets of two views may share an address. Exact for views of one row- or column-major
    /// matrix (equal or swapped strides), otherwise the test of the address ranges.
    /// </summary>
    /// <param name="offset">Address of the second view's first element minus that of the first's, in bytes.</param>
    /// <param name="elementSize">Bytes per element.</param>
    /// <param name="first">Shape of the first view.</param>
    /// <param name="second">Shape of the second view.</param>
    public static bool Overlaps(nint offset, int elementSize, in MatrixShape first, in MatrixShape second)
    {
        long firstLength = RequiredLength(first.Rows, first.Columns, first.RowStride, first.ColumnStride);
        long secondLength = RequiredLength(second.Rows, second.Columns, second.RowStride, second.ColumnStride);
        if (firstLength == 0 || secondLength == 0 || offset >= firstLength * elementSize || -offset >= secondLength * elementSize)
        {
            return false;
        }

        MatrixShape a = first.MajorFirst();
        MatrixShape b = second.MajorFirst();
        bool sameLattice = a.RowStride == b.RowStride && a.ColumnStride == b.ColumnStride
            && a.ColumnStride > 0 && offset % elementSize == 0;
        if (!sameLattice)
        {
            return true;
        }

        // One lattice: element distance = i major + j minor with |i| < rows and |j| < columns of the respective side.
        long distance = offset / elementSize;
        long quotient = distance / a.RowStride;
        for (long i = quotient - 1; i <= quotient + 1; i++)
        {
            long rest = distance - (i * a.RowStride);
            if (rest % a.ColumnStride == 0)
            {
                long j = rest / a.ColumnStride;
                if (i < a.Rows && -i < b.Rows && j < a.Columns && -j < b.Columns)
                {
                    return true;
                }
            }
        }

        // The three candidates are all there are only while no row of either view reaches past the next row's start.
        return a.ColumnStride * (long)(Math.Max(a.Columns, b.Columns) - 1) >= a.RowStride;
    }

    private static int GreatestCommonDivisor(int x, int y)
    {
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return x;
    }
}
