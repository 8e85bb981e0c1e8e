namespace FastSensing.IO;

/// <summary>What an npz file may claim before it is refused: guards against files made to exhaust memory.</summary>
public sealed record NpzLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static NpzLimits Default { get; } = new();

    /// <summary>Most members of a file.</summary>
    public int MemberCount { get; init; } = 4096;

    /// <summary>Largest member, in bytes when unpacked.</summary>
    public long MemberLength { get; init; } = 1L << 40;

    /// <summary>
    /// Largest ratio of unpacked to packed bytes for members beyond <see cref="FreeLength"/>. Deflate reaches about
    /// 1,030 on zeros and 2 on measurements.
    /// </summary>
    public long Ratio { get; init; } = 256;

    /// <summary>Members up to this many unpacked bytes may have any ratio: small arrays of zeros are no attack.</summary>
    public long FreeLength { get; init; } = 64L << 20;
}
