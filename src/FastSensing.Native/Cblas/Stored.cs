namespace FastSensing.Native.Cblas;

/// <summary>
/// How a two-stride view is stored in the eyes of BLAS: row-major as it is, or row-major after a transposition, with a
/// leading dimension; or not at all.
/// </summary>
internal readonly struct Stored
{
    private Stored(CblasFlag operation, int leadingDimension)
    {
        Operation = operation;
        LeadingDimension = leadingDimension;
    }

    /// <summary>Whether the row-major matrix in memory is the view or its transpose.</summary>
    public CblasFlag Operation { get; }

    /// <summary>Elements between the rows of the matrix in memory; 0 when BLAS cannot express the view.</summary>
    public int LeadingDimension { get; }

    public bool IsExpressible => LeadingDimension > 0;

    public bool IsTransposed => Operation == CblasFlag.Transpose;

    /// <summary>The flag of what the view's transpose is.</summary>
    public CblasFlag Opposite => IsTransposed ? CblasFlag.NoTranspose : CblasFlag.Transpose;

    /// <summary>Classifies a view. Strides along a dimension of at most one element do not count.</summary>
    public static Stored Of(int rows, int columns, int rowStride, int columnStride)
    {
        if ((columnStride == 1 || columns <= 1) && (rowStride >= columns || rows <= 1))
        {
            return new Stored(CblasFlag.NoTranspose, Math.Max(1, Math.Max(rows <= 1 ? 0 : rowStride, columns)));
        }

        if ((rowStride == 1 || rows <= 1) && (columnStride >= rows || columns <= 1))
        {
            return new Stored(CblasFlag.Transpose, Math.Max(1, Math.Max(columns <= 1 ? 0 : columnStride, rows)));
        }

        return default;
    }
}
