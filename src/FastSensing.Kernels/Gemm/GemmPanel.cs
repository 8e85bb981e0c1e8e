namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The work of one kernel call: C[0..M, 0..N] &#8592; Alpha A B + Beta C for one panel of at most NR columns. Strides in
/// elements; B and C have unit column stride.
/// </summary>
internal unsafe struct GemmPanel<T>
    where T : unmanaged
{
    public nint M;
    public nint N;
    public nint K;

    /// <summary>Element (i, k) of row tile t lies at A + t ATile + i ARow + k AColumn.</summary>
    public T* A;
    public nint ATile;
    public nint ARow;
    public nint AColumn;

    /// <summary>Element (k, j) lies at B + k BRow + j.</summary>
    public T* B;
    public nint BRow;

    /// <summary>From one panel of B to the next; a sweep of a single panel does not look at it.</summary>
    public nint BPanel;

    /// <summary>Element (i, j) lies at C + i CRow + j.</summary>
    public T* C;
    public nint CRow;

    public T Alpha;
    public T Beta;
}
