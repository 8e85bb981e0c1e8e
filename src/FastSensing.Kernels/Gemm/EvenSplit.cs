namespace FastSensing.Kernels.Gemm;

/// <summary>
/// A size as the fewest parts of at most some length, all equal but for one unit: 12 rows by at most 8 are 6 + 6, not
/// 8 + 4, and no tile is left that is too small to hide its own latency.
/// </summary>
internal readonly struct EvenSplit
{
    public EvenSplit(nint size, nint limit)
    {
        nint parts = Math.Max(1, (size + limit - 1) / limit);
        Length = size / parts;
        LongerParts = size % parts;
        Parts = parts - LongerParts;
    }

    /// <summary>Parts of Length + 1, the first ones.</summary>
    public nint LongerParts { get; }

    /// <summary>Parts of Length.</summary>
    public nint Parts { get; }

    /// <summary>The shorter length.</summary>
    public nint Length { get; }
}
