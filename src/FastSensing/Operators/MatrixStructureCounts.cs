namespace FastSensing.Operators;

/// <summary>How many numbers a matrix of a structure has: n1 n2, or n (n + 1) / 2; and how many a rank-r one is made of.</summary>
public static class MatrixStructureCounts
{
    /// <summary>n1 n2, or n (n + 1) / 2 for a symmetric X.</summary>
    /// <param name="structure">General or Symmetric.</param>
    /// <param name="rows">n1.</param>
    /// <param name="columns">n2.</param>
    public static long Unknowns(this MatrixStructure structure, int rows, int columns) =>
        structure == MatrixStructure.Symmetric ? (long)rows * (rows + 1) / 2 : (long)rows * columns;

    /// <summary>r (n1 + n2 - r), or n r - r (r - 1) / 2 for a symmetric X; a rank above min(n1, n2) counts as that.</summary>
    /// <param name="structure">General or Symmetric.</param>
    /// <param name="rows">n1.</param>
    /// <param name="columns">n2.</param>
    /// <param name="rank">r >= 0.</param>
    public static long DegreesOfFreedom(this MatrixStructure structure, int rows, int columns, int rank)
    {
        long possible = Math.Min(rank, Math.Min(rows, columns));
        return structure == MatrixStructure.Symmetric
            ? (rows * possible) - (possible * (possible - 1) / 2)
            : possible * ((long)rows + columns - possible);
    }
}
