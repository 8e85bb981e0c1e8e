using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Testing;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>Triple loops under the name of any peer: everything of a race but a rival; "absent" is not installed.</summary>
internal sealed class FakePeers(string core) : IPeerSource
{
    /// <summary>Names in the order in which they were loaded.</summary>
    public List<string> Loaded { get; } = [];

    public Peer<T> Load<T>(string name, string routine, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (name == "absent")
        {
            throw new ToolException(ExitCode.InputRefused, "--against absent: libabsent.so: no such file");
        }

        Loaded.Add(name);
        return new Peer<T>(new PeerDescription(name, "1.0", core, threads, []), new NaiveBlas<T>(), Bare: null);
    }
}
