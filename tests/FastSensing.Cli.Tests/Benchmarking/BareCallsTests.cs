using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>A peer that is called bare does the work that the row is named after: the bits of the library behind our interface.</summary>
public sealed class BareCallsTests
{
    public static IEnumerable<object[]> Rows =>
        from routine in Routine.All
        where routine.HasPeers && routine.Name != "step"
        from shape in routine.Shapes
        from precision in (string[])["fp64", "fp32"]
        select new object[] { routine.Name, shape.ToString(), precision };

    [NativeBlasTheory("openblas")]
    [MemberData(nameof(Rows))]
    public void RunPeer_OpenBlasBare_GivesItsOwnBits(string routine, string shape, string precision) => Compare("openblas", routine, shape, precision);

    [NativeBlasTheory("mkl")]
    [MemberData(nameof(Rows))]
    public void RunPeer_MklBare_GivesItsOwnBits(string routine, string shape, string precision) => Compare("mkl", routine, shape, precision);

    private static void Compare(string library, string routine, string shape, string precision)
    {
        if (precision == "fp32")
        {
            Compare<float>(library, routine, Enum.Parse<BenchShape>(shape));
        }
        else
        {
            Compare<double>(library, routine, Enum.Parse<BenchShape>(shape));
        }
    }

    private static void Compare<T>(string library, string routine, BenchShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Peer<T> peer = new NativePeers().Load<T>(library, routine, threads: 1);
        Assert.NotNull(peer.Bare);
        byte[] bare = OutputOf(peer, routine, shape, CacheState.Warm);
        Assert.Contains(bare, bits => bits != 0);
        Assert.Equal(OutputOf(peer with { Bare = null }, routine, shape, CacheState.Warm), bare);
        Assert.Equal(OutputOf(peer, routine, shape, CacheState.Cold), bare);
    }

    private static byte[] OutputOf<T>(Peer<T> peer, string routine, BenchShape shape, CacheState caches)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Workload<T> workload = WorkloadFactory.Of<T>(routine, new WorkloadSize(shape, 13, shape == BenchShape.Square ? 0 : 3, caches)).Single()();
        workload.RunPeer(peer, workload.SetCount);
        return MemoryMarshal.AsBytes(workload.Output).ToArray();
    }
}
