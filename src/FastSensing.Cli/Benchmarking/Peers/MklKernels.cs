namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// Which of its kernel libraries MKL opened after it had looked at the CPU: the only word on its kernels that it cannot
/// keep to itself. On CPUs that are not Intel's it opens "def" whatever they can do.
/// </summary>
internal static class MklKernels
{
    private const string Maps = "/proc/self/maps";
    private static readonly string[] Kernels = ["avx512", "avx512_mic", "avx2", "avx", "mc3", "mc", "def"];

    /// <summary>Its name; null before MKL's first call, and where the system does not show what a process has opened.</summary>
    public static string? Find() =>
        File.Exists(Maps) ? Find(File.ReadLines(Maps).ToArray()) : null;

    /// <summary>The same, in the lines that Linux shows.</summary>
    public static string? Find(string[] maps) =>
        Array.Find(Kernels, kernels => maps.Any(line => line.Contains($"/libmkl_{kernels}.so", StringComparison.Ordinal)));
}
