namespace FastSensing.Kernels.Trsm;

/// <summary>Right-hand sides where they lie: N rows, M columns, any two strides.</summary>
internal unsafe struct TrsmColumns<T>
    where T : unmanaged
{
    public T* B;
    public nint Row;
    public nint Column;
    public nint N;
    public nint M;
}
