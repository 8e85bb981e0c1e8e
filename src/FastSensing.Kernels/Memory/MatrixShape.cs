namespace FastSensing.Kernels.Memory;

/// <summary>Rows, columns and the two strides of a view, without its address.</summary>
internal readonly record struct MatrixShape(int Rows, int Columns, int RowStride, int ColumnStride)
{
    /// <summary>The same element set with the larger stride first.</summary>
    public MatrixShape MajorFirst() =>
        RowStride >= ColumnStride ? this : new MatrixShape(Columns, Rows, ColumnStride, RowStride);
}
