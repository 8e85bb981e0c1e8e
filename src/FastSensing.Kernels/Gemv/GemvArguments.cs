namespace FastSensing.Kernels.Gemv;

/// <summary>y &#8592; Alpha A x + Beta y: A is M x N with any two strides, x and y are contiguous.</summary>
internal unsafe struct GemvArguments<T>
    where T : unmanaged
{
    public nint M;
    public nint N;
    public T Alpha;
    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* X;
    public T Beta;
    public T* Y;
}
