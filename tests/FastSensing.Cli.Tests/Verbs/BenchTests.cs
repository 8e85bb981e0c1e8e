using System.Text.Json;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>bench: its command line, its JSON, and the processes that it starts.</summary>
public sealed class BenchTests
{
    private static readonly string[] Names =
    [
        "routine", "shape", "caches", "precision", "isa", "threads", "peer", "peerVersion", "peerCore", "ours_s", "peer_s", "ratio", "interval", "gflops", "percentOfLimit",
    ];

    [Theory]
    [InlineData("bench", "ROUTINE")]
    [InlineData("bench qr", "'qr'", "gemm", "potrf")]
    [InlineData("bench gemm --sizes 0", "--sizes is '0'", "at least 1")]
    [InlineData("bench gemm --sizes 4,x", "--sizes is '4,x'")]
    [InlineData("bench gemm --shapes cube", "--shapes is 'cube'", "nnr")]
    [InlineData("bench potrf --shapes nnr", "--shapes is 'nnr'", "potrf has square")]
    [InlineData("bench potrf --ranks 5", "--ranks", "potrf")]
    [InlineData("bench gemm --ranks 5", "--ranks", "square")]
    [InlineData("bench tile --against mkl", "--against", "tile")]
    [InlineData("bench step --cold", "--cold", "step")]
    [InlineData("bench gemm --against acml", "--against is 'acml'", "mkl, openblas, blis")]
    [InlineData("bench gemm --against mkl,libxsmm", "--against libxsmm", "gemm-plan")]
    [InlineData("bench gemm --against mathnet", "--against is 'mathnet'", "./build.sh bench Gemm")]
    [InlineData("bench gemm --isa sse9", "--isa is 'sse9'", "avx512")]
    [InlineData("bench gemm --precision fp16", "fp16", "fp64")]
    [InlineData("bench gemm --rounds 14", "--rounds is '14'", "at least 15")]
    [InlineData("bench step --threads 2", "--threads is '2'", "step runs on 1 thread")]
    [InlineData("bench gemm --threads 0", "--threads is '0'")]
    [InlineData("bench gemm --threads 1025", "--threads is '1025'", "at most 1024")]
    [InlineData("bench gemm --sizes 60000", "--sizes 60000", "too large")]
    [InlineData("bench step --sizes 4 --ranks 5", "--ranks is 5", "4 x 4")]
    public void Bench_WrongCommandLine_SaysSoInOneLine(string line, params string[] words) =>
        ToolRun.Of(line.Split(' ')).AssertFailed(ExitCode.Usage, words);

    [Fact]
    public void Bench_InstructionSetThatThisProcessDoesNotHave_IsRefused()
    {
        string other = Isa.Name == "Scalar" ? "avx2" : "scalar";
        ToolRun.Of("bench", "gemm", "--sizes", "4", "--isa", other, "--here").AssertFailed(ExitCode.InputRefused, "--isa", Isa.Name);
    }

    [Fact]
    public void Bench_Json_IsAnArrayOfRowsWithTheNamesThatScriptsRead()
    {
        ToolRun run = ToolRun.Of("bench", "gemm", "--sizes", "4,5", "--json");
        run.AssertSucceeded();
        Assert.Equal(2, run.Json.GetArrayLength());
        Assert.All(run.Json.EnumerateArray(), row =>
        {
            Assert.All(Names, name => Assert.True(row.TryGetProperty(name, out _), name));
            Assert.Equal(JsonValueKind.Null, row.GetProperty("peer").ValueKind);
        });
    }

    [Fact]
    public void Bench_SeveralThreads_SaysWhatTheyGainOrThatTheCoresWereNotFree()
    {
        ToolRun text = ToolRun.Of("bench", "gemm", "--sizes", "9", "--threads", "2");
        text.AssertSucceeded();
        Assert.Matches(@"gemm 9x9x9 \S+ \S+: 2 (threads gain|register loops never gained)", text.Out);
        ToolRun json = ToolRun.Of("bench", "gemm", "--sizes", "9", "--threads", "2", "--json");
        json.AssertSucceeded();
        JsonElement row = Assert.Single(json.Json.EnumerateArray());
        Assert.Equal(2, row.GetProperty("threads").GetInt32());
        Assert.True(row.TryGetProperty("threadGain", out _));
    }

    [Fact]
    public void Bench_Text_ShowsShapeRateAndShareOfTheLimit()
    {
        ToolRun run = ToolRun.Of("bench", "gemm", "--sizes", "6");
        run.AssertSucceeded();
        Assert.All(["6x6x6", "GFLOP/s", "% of limit"], words => Assert.Contains(words, run.Out, StringComparison.Ordinal));
    }

    /// <summary>Another instruction set is another process, and its rows come back.</summary>
    [Fact]
    public void Bench_AnotherInstructionSet_IsMeasuredInAProcessOfItsOwn()
    {
        ToolRun run = ToolRun.Of("bench", "gemm", "--sizes", "4", "--isa", "scalar", "--json");
        run.AssertSucceeded();
        Assert.Equal("Scalar", Assert.Single(run.Json.EnumerateArray()).GetProperty("isa").GetString());
        if (Isa.Name != "Scalar")
        {
            Assert.Contains("process of its own", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever the environment says, OpenBLAS runs the core type that was asked for, or the row is flagged.</summary>
    [NativeBlasTheory("openblas")]
    [InlineData("Prescott")]
    [InlineData("Nehalem")]
    public void Bench_OpenBlasOnAnOldCore_IsFlagged(string core)
    {
        ToolRun run = ToolRun.Of("bench", "gemm", "--sizes", "8", "--against", "openblas", "--openblas-core", core, "--json");
        run.AssertSucceeded();
        JsonElement row = Assert.Single(run.Json.EnumerateArray());
        Assert.Equal("openblas", row.GetProperty("peer").GetString());
        Assert.Contains("OpenBLAS", row.GetProperty("peerVersion").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, row.GetProperty("interval").GetArrayLength());
        if (Isa.Name is "Simd512" or "Simd256")
        {
            Assert.Contains("WRONG CORE", row.GetProperty("flag").GetString(), StringComparison.Ordinal);
        }
    }
}
