using System.Numerics;
using FastSensing.Native;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>libxsmm, and MKL, OpenBLAS and BLIS as the system's loader finds them, each loaded once.</summary>
internal sealed class NativePeers : IPeerSource
{
    private readonly Dictionary<string, NativeBlasLibrary> _loaded = [];
    private LibxsmmLibrary? _libxsmm;

    /// <inheritdoc/>
    public Peer<T> Load<T>(string name, string routine, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (name == "libxsmm")
        {
            _libxsmm ??= LibxsmmLibrary.Load(Environment.GetEnvironmentVariable(LibxsmmLibrary.Variable));
            return new Peer<T>(
                new PeerDescription(name, _libxsmm.Version, _libxsmm.Target, Threads: 1, []),
                new LibxsmmBlas<T>(new LibxsmmCalls<T>(_libxsmm)),
                new LibxsmmCalls<T>(_libxsmm));
        }

        if (!_loaded.TryGetValue(name, out NativeBlasLibrary? library))
        {
            library = Load(name, threads);
            _loaded.Add(name, library);
        }

        NativeBlas<T> blas = new(library);
        string[] lacks = library.HasPotrf ? [] : ["potrf"];
        return new Peer<T>(new PeerDescription(name, library.Version, CoreOf(library), library.Threads, lacks), blas, BareCalls<T>.Of(library));
    }

    private static string CoreOf(NativeBlasLibrary library) =>
        (library.Kind == NativeBlasKind.Mkl ? MklKernels.Find() : null) ?? library.Core;

    private static NativeBlasLibrary Load(string name, int threads)
    {
        try
        {
            return NativeBlasLibrary.Load(name, threads);
        }
        catch (NativeBlasException refused)
        {
            throw new ToolException(ExitCode.InputRefused, $"--against {name}: {refused.Message}", refused);
        }
    }
}
