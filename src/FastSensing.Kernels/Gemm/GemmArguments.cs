namespace FastSensing.Kernels.Gemm;

/// <summary>C &#8592; Alpha A B + Beta C in BLAS letters: C is M x N, the inner dimension is K; strides in elements.</summary>
internal unsafe struct GemmArguments<T>
    where T : unmanaged
{
    public nint M;
    public nint N;
    public nint K;
    public T Alpha;
    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* B;
    public nint BRow;
    public nint BColumn;
    public T Beta;
    public T* C;
    public nint CRow;
    public nint CColumn;

    /// <summary>Whether a kernel can write to C itself.</summary>
    public readonly bool HasContiguousRows => CColumn == 1 || N == 1;

    /// <summary>Multiply-adds of the product.</summary>
    public readonly double MultiplyAdds(GemmRegion region) => (region == GemmRegion.Lower ? 0.5 : 1) * M * N * K;

    /// <summary>The same product transposed: C^T &#8592; Alpha B^T A^T + Beta C^T.</summary>
    public readonly GemmArguments<T> Transpose() => new()
    {
        M = N,
        N = M,
        K = K,
        Alpha = Alpha,
        A = B,
        ARow = BColumn,
        AColumn = BRow,
        B = A,
        BRow = AColumn,
        BColumn = ARow,
        Beta = Beta,
        C = C,
        CRow = CColumn,
        CColumn = CRow,
    };
}
