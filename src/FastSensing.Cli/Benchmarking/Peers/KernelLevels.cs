using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// Whether a ratio means what it seems to: a peer that took the CPU for an older one, or has wider instructions than
/// ours were given, is flagged.
/// </summary>
internal static class KernelLevels
{
    // What MKL has for CPUs that are not Intel's, "def", does use AVX2 where there is AVX2.
    private static readonly FrozenDictionary<string, KernelLevel> Cores = new Dictionary<KernelLevel, string[]>
    {
        [KernelLevel.Avx512] = ["SkylakeX", "Cooperlake", "Sapphirerapids", "avx512", "avx512_mic", "skx", "clx", "cpx", "spr", "knl", "zen4", "zen5"],
        [KernelLevel.Avx2] = ["Haswell", "hsw", "Zen", "Excavator", "avx2", "zen2", "zen3", "def"],
        [KernelLevel.Older] =
        [
            "Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Sandybridge", "Atom", "Katmai", "Coppermine", "Northwood", "Banias",
            "Athlon", "Opteron", "Opteron_SSE3", "Barcelona", "Bobcat", "Bulldozer", "Piledriver", "Steamroller", "Nano", "SSE", "AVX",
            "mc", "mc3", "wsm", "snb", "COMPATIBLE", "generic",
        ],
    }.SelectMany(row => row.Value.Select(core => KeyValuePair.Create(core, row.Key))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What kernels of a name need, of any of the known libraries.</summary>
    public static KernelLevel Of(string core) => Cores.GetValueOrDefault(core);

    /// <summary>What to say beside a ratio; null when the two sides are a match.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="routine">What was measured.</param>
    /// <param name="isa">The tag that our side is dispatched to.</param>
    /// <param name="threads">Threads of our side.</param>
    public static string? Flag(PeerDescription peer, string routine, string isa, int threads)
    {
        string[] complaints =
        [
            .. peer.Lacks.Contains(routine) ? [$"{peer.Name} has no {routine}: ours stood in"] : Array.Empty<string>(),
            .. peer.Threads > threads ? [$"{peer.Threads} threads against {threads}"] : Array.Empty<string>(),
            .. CoreComplaint(peer, isa) is string wrong ? [wrong] : Array.Empty<string>(),
        ];
        return complaints.Length == 0 ? null : string.Join("; ", complaints);
    }

    private static string? CoreComplaint(PeerDescription peer, string isa)
    {
        if (isa is "Simd128Lane" or "Simd128" && RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
        {
            return null; // All cores there have the same 128 bits.
        }

        KernelLevel theirs = Of(peer.Core);
        KernelLevel ours = isa switch
        {
            "Simd512" => KernelLevel.Avx512,
            "Simd256" => KernelLevel.Avx2,
            "Simd128" => KernelLevel.Older,
            _ => KernelLevel.Scalar,
        };
        return theirs == ours ? null
            : theirs == KernelLevel.Unknown ? $"unknown core '{peer.Core}'"
            : theirs < ours ? $"WRONG CORE: {peer.Core} kernels against our {isa}"
            : $"UNEQUAL: {peer.Core} kernels against our {isa}";
    }
}
