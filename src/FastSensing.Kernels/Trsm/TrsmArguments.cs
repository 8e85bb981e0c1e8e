namespace FastSensing.Kernels.Trsm;

/// <summary>B &#8592; tri(A)^-1 B: A is N x N, B is N x M; strides in elements.</summary>
internal unsafe struct TrsmArguments<T>
    where T : unmanaged
{
    public Triangle Triangle;
    public nint N;
    public nint M;
    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* B;
    public nint BRow;
    public nint BColumn;

    /// <summary>The solve with rows and columns first..first + count of A only.</summary>
    public readonly TrsmArguments<T> Diagonal(nint first, nint count)
    {
        TrsmArguments<T> part = this;
        part.N = count;
        part.A += first * (ARow + AColumn);
        part.B += first * BRow;
        return part;
    }
}
