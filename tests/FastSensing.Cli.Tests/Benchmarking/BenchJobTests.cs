using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Cli.Output;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>The rows of a request, with a fake peer in this process; no test looks at how long anything took.</summary>
public sealed class BenchJobTests
{
    private const string OutdatedCore = "Prescott";

    public static TheoryData<string> Routines => [.. Routine.All.Select(routine => routine.Name)];

    [Theory]
    [MemberData(nameof(Routines))]
    public void Run_EveryRoutine_GivesARowForEverySizeAndPeer(string name)
    {
        Routine routine = Routine.All.Single(r => r.Name == name);
        string[] peers = routine.HasPeers ? ["blis", "mkl"] : [];
        List<BenchRow> rows = Run(Request(routine) with { Peers = peers }, new FakePeers(OutdatedCore));
        int workloads = routine.Shapes.Sum(shape => WorkloadFactory.Of<double>(name, new WorkloadSize(shape, 8, 2)).Count());
        Assert.Equal(workloads * Math.Max(1, peers.Length), rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal((name, "fp64", Isa.Name, 1, 15), (row.Routine, row.Precision, row.Isa, row.Threads, row.Rounds));
            Assert.NotEmpty(row.Shape);
            Assert.All([row.OursSeconds, row.Gflops, row.PercentOfLimit], value => Assert.True(value > 0 && double.IsFinite(value)));
            Assert.Equal(routine.HasPeers, row.Ratio is > 0);
            Assert.Equal(routine.HasPeers, row.Interval is [double low, double high] && low <= row.Ratio && row.Ratio <= high);
            Assert.Equal(routine.HasPeers, row.PeerSeconds is > 0);
            Assert.Equal((0.0, routine.HasPeers ? 0.0 : null), (row.OursBytes, row.PeerBytes));
        });
    }

    [Fact]
    public void Run_Shapes_AreNamedByTheirSizes()
    {
        Routine gemm = Routine.All[0];
        List<BenchRow> rows = Run(Request(gemm) with { Ranks = [2, 3] }, new FakePeers(OutdatedCore));
        Assert.Equal(["8x8x8", "8x8x2", "8x8x3", "8x2x8", "8x3x8", "8x2x8 G^T", "8x3x8 G^T", "2x2x8", "3x3x8"], rows.Select(row => row.Shape));
    }

    [Fact]
    public void Run_Cold_AddsARowToEachOfASmallShapeAndNoneToALargeOne()
    {
        BenchRequest request = Request(Routine.All[0]) with { Cold = true, Sizes = [8, 800], Shapes = [BenchShape.Square], Precision = Precision.Single };
        List<BenchRow> rows = Run(request, new FakePeers(OutdatedCore));
        Assert.Equal([("8x8x8", "warm"), ("8x8x8", "cold"), ("800x800x800", "warm")], rows.Select(row => (row.Shape, row.Caches)));
    }

    [Fact]
    public void Run_Fp32_SaysSo() =>
        Assert.Equal("fp32", Run(Request(Routine.All[0]) with { Precision = Precision.Single }, new FakePeers(OutdatedCore))[0].Precision);

    [Fact]
    public void Run_PeerOnKernelsForAnotherCpu_IsFlagged()
    {
        List<BenchRow> rows = Run(Request(Routine.All[0]) with { Peers = ["blis"] }, new FakePeers("quantum"));
        Assert.All(rows, row => Assert.Contains("quantum", row.Flag, StringComparison.Ordinal));
    }

    /// <summary>What is loaded after MKL finds MKL's routines under the names of its own.</summary>
    [Fact]
    public void Run_SeveralPeers_LoadsMklLastAndKeepsTheOrderOfTheRows()
    {
        FakePeers source = new(OutdatedCore);
        List<BenchRow> rows = Run(Request(Routine.All[0]) with { Peers = ["mkl", "blis"], Shapes = [BenchShape.Square] }, source);
        Assert.Equal(["blis", "mkl"], source.Loaded);
        Assert.Equal(["mkl", "blis"], rows.Select(row => row.Peer));
    }

    [Fact]
    public void Run_PeerThatIsNotInstalled_IsRefusedInput()
    {
        ToolException refused = Assert.Throws<ToolException>(() => Run(Request(Routine.All[0]) with { Peers = ["absent"] }, new FakePeers(OutdatedCore)));
        Assert.Equal(ExitCode.InputRefused, refused.Code);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        BenchJob job = new(Request(Routine.All[0]), new FakePeers(OutdatedCore), Console());
        Assert.Throws<OperationCanceledException>(() => job.Run(new CancellationToken(canceled: true)));
    }

    private static BenchRequest Request(Routine routine) => new()
    {
        Routine = routine,
        Sizes = [8],
        Ranks = [2],
        Shapes = routine.Shapes,
        Precision = Precision.AsStored,
        Isas = [],
        Peers = [],
        Threads = 1,
        Rounds = 15,
    };

    private static List<BenchRow> Run(BenchRequest request, FakePeers source) => new BenchJob(request, source, Console()).RunHere(Isa.Name, default);

    private static ToolConsole Console() => ToolConsole.Captured(TextWriter.Null, TextWriter.Null);
}
