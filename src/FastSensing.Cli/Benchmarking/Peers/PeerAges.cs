namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>From which year the code of a peer is: a ratio to old code on a new CPU says less than one to new code.</summary>
internal static class PeerAges
{
    private static readonly (string Mark, string Age)[] Known =
    [
        ("OpenBLAS 0.3.21", "2022"),
        ("Math Kernel Library Version 2020", "2020"),
        ("BLIS 0.9", "2022"),
        ("libxsmm 1.17", "code of 2020"),
        ("MathNet.Numerics 5.0", "2022"),
    ];

    /// <summary>The year, or words that it is not known.</summary>
    /// <param name="version">Version and build, in the library's own words.</param>
    public static string Of(string version) =>
        Known.FirstOrDefault(peer => version.Contains(peer.Mark, StringComparison.OrdinalIgnoreCase)).Age ?? "age not known";
}
