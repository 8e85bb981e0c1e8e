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

    /// <summary>Right-hand sides of the call of which these are a part; 0 where they are all of them.</summary>
    public nint Whole;

    /// <summary>Multiply-adds of the solve.</summary>
    public readonly double MultiplyAdds => 0.5 * N * N * M;

    /// <summary>The solve of some of the right-hand sides, with the bits that they have among all.</summary>
    public readonly TrsmArguments<T> Part(nint first, nint count)
    {
        TrsmArguments<T> part = this;
        part.M = count;
        part.B += first * BColumn;
        part.Whole = M;
        return part;
    }

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
