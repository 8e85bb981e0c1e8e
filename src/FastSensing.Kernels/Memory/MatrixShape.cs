namespace FastSensing.Kernels.Memory;

/// <summary>Rows, columns and the two strides of a view, without its memory.</summary>
/// <param name="Rows">Number of rows, &gt;= 0.</param>
/// <param name="Columns">Number of columns, &gt;= 0.</param>
/// <param name="RowStride">Elements from one row to the next, &gt;= 0.</param>
/// <param name="ColumnStride">Elements from one column to the next, &gt;= 0.</param>
public readonly record struct MatrixShape(int Rows, int Columns, int RowStride, int ColumnStride)
{
    /// <summary>A dense row-major matrix.</summary>
    /// <param name="rows">Number of rows, &gt;= 0.</param>
    /// <param name="columns">Number of columns, &gt;= 0.</param>
    public MatrixShape(int rows, int columns)
        : this(rows, columns, columns, 1)
    {
    }

    /// <summary>The columns x rows shape with the strides swapped.</summary>
    public MatrixShape Transpose() => new(Columns, Rows, ColumnStride, RowStride);

    /// <summary>The same element set with the larger stride first.</summary>
    internal MatrixShape MajorFirst() => RowStride >= ColumnStride ? this : Transpose();
}
