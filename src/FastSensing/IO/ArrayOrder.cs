namespace FastSensing.IO;

/// <summary>Which index of an array runs fastest in the file.</summary>
public enum ArrayOrder
{
    /// <summary>C order: the last index runs fastest (a matrix by rows).</summary>
    RowMajor,

    /// <summary>Fortran order: the first index runs fastest (a matrix by columns).</summary>
    ColumnMajor,
}
