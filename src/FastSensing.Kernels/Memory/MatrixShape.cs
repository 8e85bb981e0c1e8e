namespace FastSensing.Kernels.Memory;

/// <summary>Rows, columns and the two strides of a view, without its address.</summary>
internal readonly record struct MatrixShape(int Rows, int Columns, int RowStride, int ColumnStride)
{
    /// <summary>The same element set with the larger stride first.</summary>
    public MatrixShape MajorFirst()
    {
        // The stride of a dimension of length 1 is never used: give a single row or column the place that fits the other.
        return RowStride >= ColumnStride ? this : new MatrixShape(Columns, Rows, ColumnStride, RowStride);
    }
}
