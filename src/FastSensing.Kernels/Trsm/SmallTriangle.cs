namespace FastSensing.Kernels.Trsm;

/// <summary>Orders whose staging is little enough for the stack.</summary>
internal static class SmallTriangle
{
    public const int LargestOrder = 16;

    /// <summary>Elements of staging that a solve or a factorisation of such an order may ask for.</summary>
    public const int StagingLength = 1280;
}
