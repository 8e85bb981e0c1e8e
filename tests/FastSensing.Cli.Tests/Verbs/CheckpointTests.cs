using System.Diagnostics;
using System.Globalization;
using FastSensing.Testing.Files;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>solve --checkpoint and --resume: interrupted runs that end with the bits of whole ones.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Options = "--method asymmetric-damped-scaled-gradient-descent --rank 3";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--precision fp32")]
    public void Solve_Resumed_WritesTheFileOfAWholeRun(string precision)
    {
        string problem = Generate();
        Solve(problem, $"{precision} --iterations 40 --out {_folder.File("whole.npz")}");
        ToolRun first = Solve(problem, $"{precision} --iterations 20 --checkpoint {_folder.File("c.npz")}");
        Assert.Contains("checkpoint of iteration 20", first.Error, StringComparison.Ordinal);
        ToolRun second = Solve(
            problem, $"{precision} --iterations 40 --resume {_folder.File("c.npz")} --checkpoint {_folder.File("c.npz")} --out {_folder.File("resumed.npz")}");
        Assert.Equal(40, second.Json.GetProperty("iterations").GetInt32());
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.npz")), File.ReadAllBytes(_folder.File("resumed.npz")));
        Assert.Contains("checkpoint of iteration 40", second.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Solve_Interrupted_LeavesACheckpoint()
    {
        string problem = Generate();
        using Process process = ToolRun.Start(
            _folder.Path, ["solve", problem, .. Words(Options), "--iterations", "2000000000", "--tolerance", "1e-300", "--checkpoint", "c.npz"]);
        Assert.Contains("m = 250", process.StandardError.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the tool did not heed the signal");
        Assert.Equal((int)ExitCode.Interrupted, process.ExitCode);
        Assert.Contains("checkpoint of iteration", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        ToolRun resumed = ToolRun.Of(
            ["solve", problem, "--json", .. Words(Options), "--iterations", "2000000000", "--tolerance", "1e-4", "--resume", _folder.File("c.npz")]);
        resumed.AssertSucceeded();
        Assert.Equal("Converged", resumed.Json.GetProperty("status").GetString());
    }

    [Fact]
    public void Solve_ResumeOfTheWrongFile_IsRefusedInOneLine()
    {
        string problem = Generate();
        string checkpoint = _folder.File("c.npz");
        Solve(problem, $"--iterations 5 --checkpoint {checkpoint}");
        AssertRefused(problem, problem, Options, "no checkpoint");
        AssertRefused(problem, _folder.File("none.npz"), Options, "no such file");
        AssertRefused(problem, checkpoint, "--method factorized-gradient-descent --rank 3", "asymmetric-damped-scaled-gradient-descent");
        AssertRefused(problem, checkpoint, "--method asymmetric-damped-scaled-gradient-descent --rank 4", "width");
        AssertRefused(problem, checkpoint, Options + " --precision fp32", "float64");
        AssertRefused(Generate("--seed 5", "q.npz"), checkpoint, Options, "c.npz");
        byte[] bytes = File.ReadAllBytes(checkpoint);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(checkpoint, bytes);
        AssertRefused(problem, checkpoint, Options, "c.npz");
    }

    [Fact]
    public void Solve_CheckpointWithoutAMethodOrAPlace_IsRefusedBeforeTheWork()
    {
        string problem = Generate();
        ToolRun.Of("solve", problem, "--checkpoint", _folder.File("c.npz")).AssertFailed(ExitCode.Usage, "--checkpoint", "--method");
        ToolRun.Of("solve", problem, "--resume", _folder.File("c.npz")).AssertFailed(ExitCode.Usage, "--resume", "--method");
        ToolRun.Of(["solve", problem, .. Words(Options), "--checkpoint", problem]).AssertFailed(ExitCode.Usage, "--checkpoint", "PROBLEM");
        ToolRun.Of(["solve", problem, .. Words(Options), "--checkpoint", _folder.File("none/c.npz")]).AssertFailed(ExitCode.Failure, "c.npz");
        Assert.Equal(["p.npz"], _folder.Names());
    }

    /// <summary>A method that fails says why, on stdout.</summary>
    [Fact]
    public void Solve_OfAMethodThatFails_NamesTheCause()
    {
        ToolRun run = ToolRun.Of("solve", Generate(), "--json", "-q", "--method", "factorized-gradient-descent", "--rank", "3", "--step-size", "50");
        Assert.Equal((int)ExitCode.NotConverged, run.Code);
        Assert.Contains("step size", run.Json.GetProperty("diagnosis").GetString(), StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ToolRun Solve(string problem, string options)
    {
        ToolRun run = ToolRun.Of(["solve", problem, "--json", .. Words(Options), .. Words(options)]);
        run.AssertSucceeded();
        return run;
    }

    private static void AssertRefused(string problem, string checkpoint, string options, string why) =>
        ToolRun.Of(["solve", problem, "-q", .. Words(options), "--resume", checkpoint]).AssertFailed(ExitCode.InputRefused, why);

    private string Generate(string options = "", string name = "p.npz")
    {
        string path = _folder.File(name);
        ToolRun.Of(["generate", path, "--rows", "20", "--columns", "15", "--rank", "2", "--measurements", "250", .. Words(options)]).AssertSucceeded();
        return path;
    }
}
