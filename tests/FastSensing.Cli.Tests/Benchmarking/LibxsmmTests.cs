using System.Numerics;
using System.Text.Json;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Workloads;
using FastSensing.Testing.Files;
using FastSensing.Testing.Natives;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>The peer libxsmm: the real library computes the product that the row is named after, and one that is missing is named.</summary>
public sealed class LibxsmmTests
{
    [LibxsmmFact]
    public void RunPeer_RealLibrary_ComputesWhatThePlanComputes()
    {
        using var folder = new TemporaryFolder();
        LibxsmmLibrary library = LibxsmmLibrary.Load(LibxsmmPeer.Build(folder));
        Assert.StartsWith("libxsmm 1", library.Version, StringComparison.Ordinal);
        Assert.NotEmpty(library.Target);
        foreach (int n in (int[])[1, 4, 5, 8, 13, 31, 64])
        {
            foreach (BenchShape shape in (BenchShape[])[BenchShape.Square, BenchShape.Added])
            {
                Compare<double>(library, n, shape);
                Compare<float>(library, n, shape);
            }
        }
    }

    [LibxsmmFact]
    public void Bench_AgainstLibxsmm_ShowsItsVersionAndItsTarget()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string> { [LibxsmmLibrary.Variable] = LibxsmmPeer.Build(folder) };
        ToolRun run = ToolRun.OfChild(folder.Path, variables, ["bench", "gemm-plan", "--sizes", "4", "--shapes", "square,added", "--against", "libxsmm", "--json"]);
        run.AssertSucceeded();
        JsonElement[] rows = [.. run.Json.EnumerateArray()];
        Assert.Equal(["4x4x4", "4x4x4 + C"], rows.Select(row => row.GetProperty("shape").GetString()!));
        Assert.All(rows, row =>
        {
            Assert.Equal("libxsmm", row.GetProperty("peer").GetString());
            Assert.StartsWith("libxsmm 1", row.GetProperty("peerVersion").GetString(), StringComparison.Ordinal);
            Assert.True(row.GetProperty("ratio").GetDouble() > 0);
        });
    }

    [Fact]
    public void Bench_LibraryThatIsMissing_IsNamedWithTheVariable()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("nothing.so");
        var variables = new Dictionary<string, string> { [LibxsmmLibrary.Variable] = missing };
        ToolRun.OfChild(folder.Path, variables, ["bench", "gemm-plan", "--sizes", "4", "--against", "libxsmm", "--quiet"])
            .AssertFailed(ExitCode.InputRefused, "--against libxsmm", missing, LibxsmmLibrary.Variable);
    }

    [CompilerFact]
    public void Load_AnotherLibrary_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string other = FakeBlas.Build(folder, "libother.so");
        ToolException refusal = Assert.Throws<ToolException>(() => LibxsmmLibrary.Load(other));
        Assert.Contains("fastsensing_libxsmm_dgemm", refusal.Message, StringComparison.Ordinal);
    }

    private static void Compare<T>(LibxsmmLibrary library, int n, BenchShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var peer = new Peer<T>(
            new PeerDescription("libxsmm", library.Version, library.Target, 1, []), new LibxsmmBlas<T>(new LibxsmmCalls<T>(library)), new LibxsmmCalls<T>(library));
        double[] ours = Output<T>(n, shape, workload => workload.RunOurs(null!, 2));
        double[] bare = Output<T>(n, shape, workload => workload.RunPeer(peer, 2));
        double[] wrapped = Output<T>(n, shape, workload => workload.RunPeer(peer with { Bare = null }, 2));
        Assert.Equal(bare, wrapped);

        // Two calls, each with n products of numbers below 6 and an addition to at most twice their sum.
        double bound = 2 * 2 * Rounding.Gamma<T>(n + 2) * (3 * 36 * n);
        Assert.All(ours.Zip(bare), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= bound, $"{n}, {shape}: {pair}"));
        Assert.Contains(ours, value => value != 0);
    }

    private static double[] Output<T>(int n, BenchShape shape, Action<Workload<T>> run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using GemmPlanWorkload<T> workload = new(new WorkloadSize(shape, n, 0));
        run(workload);
        return [.. workload.Output.ToArray().Select(double.CreateChecked)];
    }
}
