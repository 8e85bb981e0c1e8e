namespace FastSensing.Kernels.Gemm;

/// <summary>The work of one call of a dot tile: C[0..M, 0..columns] &#8592; Alpha A B + Beta C. Strides in elements; A and B are contiguous along K.</summary>
internal unsafe struct GemmDotPanel<T>
    where T : unmanaged
{
    public nint M;
    public nint K;

    /// <summary>Element (i, k) lies at A + i ARow + k.</summary>
    public T* A;
    public nint ARow;

    /// <summary>Element (k, j) lies at B + j BLine + k.</summary>
    public T* B;
    public nint BLine;

    /// <summary>Element (i, j) lies at C + i CRow + j CColumn.</summary>
    public T* C;
    public nint CRow;
    public nint CColumn;

    public T Alpha;
    public T Beta;
}
