namespace FastSensing.Kernels.Gemm;

/// <summary>Which elements of C a product writes.</summary>
internal enum GemmRegion
{
    /// <summary>All of them.</summary>
    Full,

    /// <summary>The diagonal and what lies below it (C square).</summary>
    Lower,
}
