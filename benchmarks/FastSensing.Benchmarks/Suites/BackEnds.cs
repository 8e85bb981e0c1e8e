using System.Numerics;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Surroundings;
using FastSensing.Kernels.Simd;

namespace FastSensing.Benchmarks.Suites;

/// <summary>The native libraries of this machine, on kernels for the instruction set in use.</summary>
internal static class BackEnds
{
    // MKL last: what is loaded after it calls MKL's routines under the names of its own.
    private static readonly string[] Known = ["openblas", "blis", "mkl"];
    private static readonly Lazy<(NativePeers Peers, string[] Names)> Loaded = new(LoadAll);

    /// <summary>The names of those that can be loaded and have a routine.</summary>
    public static IEnumerable<string> With(string routine) =>
        Loaded.Value.Names.Where(name => !Load<double>(name, routine).Description.Lacks.Contains(routine));

    /// <summary>One of them.</summary>
    public static Peer<T> Load<T>(string name, string routine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Loaded.Value.Peers.Load<T>(name, routine, threads: 1);

    private static (NativePeers Peers, string[] Names) LoadAll()
    {
        foreach ((string variable, string value) in BenchEnvironment.For(Isa.Name, Known, openBlasCore: null).ForPeers)
        {
            NativeEnvironment.Set(variable, value);
        }

        NativePeers peers = new();
        return (peers, [.. Known.Where(name => IsThere(peers, name))]);
    }

    private static bool IsThere(NativePeers peers, string name)
    {
        try
        {
            PeerDescription peer = peers.Load<double>(name, "gemm", threads: 1).Description;
            Console.Error.WriteLine($"{name} ({PeerAges.Of(peer.Version)}): {peer.Version}; core {peer.Core}; {peer.Threads} thread");
            return true;
        }
        catch (ToolException absent)
        {
            Console.Error.WriteLine(absent.Message);
            return false;
        }
    }
}
