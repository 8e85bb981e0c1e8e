namespace FastSensing.Kernels.Gemm;

/// <summary>A micro-kernel: the shape of its tile and the routine that sweeps it down one column panel.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal interface IGemmKernel<T>
    where T : unmanaged
{
    /// <summary>Rows of the main tile.</summary>
    static abstract int MR { get; }

    /// <summary>Columns of the main tile.</summary>
    static abstract int NR { get; }

    /// <summary>Computes a panel of any number of rows and 1..NR columns; K = 0 counts as a zero product.</summary>
    static abstract void Run(in GemmPanel<T> panel);
}
