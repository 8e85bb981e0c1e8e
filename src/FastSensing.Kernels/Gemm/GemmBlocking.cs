using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The cache blocks of Gemm and what is packed, as pure functions of the call's shape and strides, so that the order of
/// summation is one too.
/// </summary>
/// <remarks>
/// A panel of B (KC x NR) is meant for the first-level cache, a block of A (MC x KC) for half of a 1 MiB second level,
/// a block of B (KC x NC) for a share of the third. Fixed limits fix the size of the packing memory.
/// </remarks>
internal static class GemmBlocking<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Largest depth of a packed block: 2 KiB of one row.</summary>
    public const int KC = 256;

    /// <summary>Largest number of rows of a packed block of A, a multiple of every MR.</summary>
    public const int MC = 192;

    /// <summary>
    /// Largest number of columns of a packed block of B: a multiple of every NR up to 3 x 16, and the largest with which
    /// the packing memory stays below 2^19 elements, a size class of the pool.
    /// </summary>
    public const int NC = 1728;

    /// <summary>Depth to which an A that crosses pages is swept in place: as many pages as address translation keeps near.</summary>
    private const int PageDepth = 64;

    /// <summary>Elements between the lines of a packed block of A: a cache line more than the data, against set conflicts.</summary>
    public static int LinePadding => 64 / Unsafe.SizeOf<T>();

    /// <summary>Elements of the packing memory: the block of B, the block of A, and a staging panel MC x NR.</summary>
    public static int WorkspaceLength(int nr) => BBlockLength + ABlockLength + (MC * nr);

    public static int BBlockLength => KC * NC;

    public static int ABlockLength => Math.Max(MC * (KC + LinePadding), KC * (MC + LinePadding));

    /// <summary>B is packed when its rows are not contiguous, or when it is swept often and does not fit the second-level cache.</summary>
    public static bool PacksB(in GemmArguments<T> g, int mr) =>
        (g.BColumn != 1 && g.N > 1) || (g.M >= 4 * mr && g.K * g.N * Unsafe.SizeOf<T>() >= 768 << 10 && g.BRow > 64);

    /// <summary>A is packed when it is swept often and far larger than the second-level cache, or lies as <see cref="CrossesPages"/> says.</summary>
    public static bool PacksA(in GemmArguments<T> g, int mr, int nr) =>
        g.M >= 4 * mr && ((g.N > 7 * nr && g.M * g.K * Unsafe.SizeOf<T>() >= 3 << 20) || (g.N > 3 * nr && CrossesPages(g)));

    /// <summary>The contiguous lines of A are its columns and lie far apart, so that a sum over K reads from as many pages as it has terms.</summary>
    public static bool CrossesPages(in GemmArguments<T> g) => g.AColumn >= 128 && g.K > PageDepth;

    /// <summary>Depth of the blocks: all of K where nothing is packed, unless A crosses pages.</summary>
    public static nint Depth(in GemmArguments<T> g, bool packs) =>
        packs ? Balance(g.K, KC, 4) : CrossesPages(g) ? Balance(g.K, PageDepth, 4) : g.K;

    /// <summary>The size of equal blocks no larger than <paramref name="limit"/>, rounded up to <paramref name="unit"/>.</summary>
    public static nint Balance(nint size, nint limit, nint unit)
    {
        nint blocks = (size + limit - 1) / limit;
        return (((size + blocks - 1) / blocks) + unit - 1) / unit * unit;
    }
}
