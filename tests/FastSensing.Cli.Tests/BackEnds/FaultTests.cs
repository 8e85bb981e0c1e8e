using System.Diagnostics;
using System.Text.Json;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.Kernels;
using FastSensing.Testing.Files;
using FastSensing.Testing.Natives;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.BackEnds;

/// <summary>Bad libraries of every kind: `doctor` says what is wrong, and `solve` says it too and computes in C#.</summary>
public sealed class FaultTests
{
    private const int MachineOfElf = 18;
    private const byte Aarch64 = 183;
    private const byte X64 = 62;

    public static TheoryData<string, string> FaultsAndWords => new()
    {
        { "MISSING_SYMBOL", "does not export cblas_dtrsm" },
        { "INTEGER=int64_t WRITTEN=int", "reads 64-bit integers" },
        { "SUFFIX=64_", "reads 32 bits" },
        { "CRASH_ON_LOAD", "while it was loaded (exit code 134)" },
        { "CRASH_ON_CALL", "in the probe (exit code 139)" },
        { "WRONG_RESULTS", "gives wrong results" },
        { "IGNORES_THREADS", "runs 64 threads where 1 were asked for" },
        { "THREAD_LIMIT=4", "(exit code 70): fake BLAS: too many callers" },
    };

    [CompilerTheory]
    [MemberData(nameof(FaultsAndWords))]
    public void Doctor_BadLibrary_SaysWhatIsWrong(string macros, string words)
    {
        using TemporaryFolder folder = new();
        AssertDiagnosed(FakeBlas.Build(folder, "libbad.so", macros.Split(' ')), words);
    }

    [Fact]
    public void Doctor_MissingFileOrTextFile_SaysWhatTheLoaderSays()
    {
        using TemporaryFolder folder = new();
        AssertDiagnosed(folder.File("libnothing.so"), "libnothing.so");
        File.WriteAllText(folder.File("libtext.so"), "no library");
        AssertDiagnosed(folder.File("libtext.so"), "libtext.so");
    }

    [CompilerFact]
    public void Doctor_LibraryOfAnotherArchitecture_SaysWhatTheLoaderSays()
    {
        using TemporaryFolder folder = new();
        string path = FakeBlas.Build(folder, "libother.so");
        byte[] image = File.ReadAllBytes(path);
        image[MachineOfElf] = image[MachineOfElf] == X64 ? Aarch64 : X64;
        File.WriteAllBytes(path, image);
        AssertDiagnosed(path, "libother.so");
    }

    [CompilerFact]
    public void Doctor_LibraryThatHangs_IsEndedAtTheLimit()
    {
        using TemporaryFolder folder = new();
        string path = FakeBlas.Build(folder, "libhang.so", "HANG");
        long start = Stopwatch.GetTimestamp();
        ToolRun run = ToolRun.Of("doctor", path, "--time-limit", "2", "--json");
        Assert.Equal((int)ExitCode.Failure, run.Code);
        JsonElement report = run.Json.GetProperty("backEnds")[0];
        Assert.Contains("had not returned after", report.GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("exitCode").ValueKind);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(2), "it was ended before its time");

        StringWriter talk = new();
        IBlas<double> blas = BackEndChoice.Create<double>(path, 1, ToolConsole.Captured(TextWriter.Null, talk), TimeSpan.FromSeconds(1));
        Assert.StartsWith("managed", blas.Name, StringComparison.Ordinal);
        Assert.Contains("had not returned after", talk.ToString(), StringComparison.Ordinal);
    }

    [CompilerFact]
    public void Doctor_GoodLibrary_SaysWhatItIs()
    {
        using TemporaryFolder folder = new();
        ToolRun run = ToolRun.Of("doctor", FakeBlas.Build(folder, "libgood.so", "INTEGER=int64_t"), "--json");
        run.AssertSucceeded();
        JsonElement report = run.Json.GetProperty("backEnds")[0];
        Assert.Equal("fake BLAS 1.0", report.GetProperty("version").GetString());
        Assert.Equal("loops", report.GetProperty("core").GetString());
        Assert.Equal(64, report.GetProperty("integerBits").GetInt32());
        Assert.Equal(1, report.GetProperty("threads").GetInt32());
        Assert.Equal("correct", report.GetProperty("probe").GetString());
        Assert.Equal(0, report.GetProperty("exitCode").GetInt32());
    }

    [CompilerTheory]
    [InlineData("libopenblas.so.0", "openblas")]
    [InlineData("libmkl_rt.so", "mkl")]
    [InlineData("libblis.so.4", "blis")]
    public void Doctor_LibraryPlantedInTheCurrentDirectory_IsNotLoaded(string fileName, string backEnd)
    {
        using TemporaryFolder folder = new();
        string mark = folder.File("mark");
        string planted = FakeBlas.Build(folder, fileName, $"MARK=\"{mark}\"");
        ToolRun.OfChild(folder.Path, "doctor", backEnd, "--json");
        Assert.False(File.Exists(mark), "the planted library was loaded");

        // The control: by its path it is loaded, and leaves the mark.
        ToolRun.OfChild(folder.Path, "doctor", planted).AssertSucceeded();
        Assert.True(File.Exists(mark), "the planted library leaves no mark");
    }

    private static void AssertDiagnosed(string path, string words)
    {
        ToolRun run = ToolRun.Of("doctor", path, "--json");
        Assert.Equal((int)ExitCode.Failure, run.Code);
        JsonElement report = run.Json.GetProperty("backEnds")[0];
        Assert.False(report.GetProperty("usable").GetBoolean());
        Assert.Contains(words, report.GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(path, report.GetProperty("tried")[0].GetString());
        AssertFallsBack(path, words);
    }

    private static void AssertFallsBack(string path, string words)
    {
        using TemporaryFolder folder = new();
        string problem = SmallProblem.Write(folder);
        ToolRun run = ToolRun.Of("solve", problem, "--method", "factorized-gradient-descent", "--rank", "1", "--iterations", "3", "--blas", path, "--json");
        run.AssertSucceeded();
        Assert.StartsWith("managed", run.Json.GetProperty("blas").GetString(), StringComparison.Ordinal);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains("computing in C# instead", run.Error, StringComparison.Ordinal);
    }
}
