namespace FastSensing.Kernels.Gemm;

/// <summary>How the last register of a panel's columns is used.</summary>
internal enum PanelEdge
{
    /// <summary>In full.</summary>
    Whole,

    /// <summary>In part, through a mask.</summary>
    Masked,

    /// <summary>By two rows at once, at most half of it by each.</summary>
    Shared,
}
