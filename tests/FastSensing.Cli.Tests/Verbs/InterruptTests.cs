using System.Diagnostics;
using FastSensing.Testing.Files;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>The tool as a process: signals, pure stdout, exit codes of the operating system.</summary>
public sealed class InterruptTests : IDisposable
{
    private const string Endless = "--method factorized-gradient-descent --rank 2 --iterations 2000000000 --tolerance 1e-300";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Solve_InterruptSignal_EndsWith130AndWritesNothing()
    {
        ToolRun.Of("generate", _folder.File("p.npz"), "--rows", "30", "--rank", "2", "--measurements", "600").AssertSucceeded();
        using Process process = ToolRun.Start(_folder.Path, ["solve", "p.npz", "--out", "X.npz", "--trace", "t.csv", .. Endless.Split(' ')]);
        Assert.StartsWith("p.npz: m = 600", process.StandardError.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the tool did not heed the signal");
        Assert.Equal((int)ExitCode.Interrupted, process.ExitCode);
        Assert.Equal(string.Empty, process.StandardOutput.ReadToEnd());
        Assert.Equal(["p.npz"], _folder.Names());
    }

    [Fact]
    public void Run_Cancelled_EndsWith130AndWritesNothing()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        string problem = _folder.File("p.npz");
        ToolRun.Of(cancelled.Token, "generate", problem, "-q").AssertFailed(ExitCode.Interrupted, "Interrupted");
        ToolRun.Of("generate", problem, "--rows", "10", "--rank", "1").AssertSucceeded();
        ToolRun.Of(cancelled.Token, "solve", problem, "-q", "--out", _folder.File("X.npz")).AssertFailed(ExitCode.Interrupted, "Interrupted");
        ToolRun.Of(cancelled.Token, ["solve", problem, "-q", "--trace", _folder.File("t.csv"), .. Endless.Split(' ')]).AssertFailed(ExitCode.Interrupted, "Interrupted");
        ToolRun.Of(cancelled.Token, "demo", "-q", "--out", _folder.File("demo.html")).AssertFailed(ExitCode.Interrupted, "Interrupted");
        Assert.Equal(["p.npz"], _folder.Names());
    }

    [Fact]
    public void Process_ReturnsTheCodesAndKeepsStdoutPure()
    {
        ToolRun generated = ToolRun.OfChild(_folder.Path, "generate", "p.npz", "--rows", "12", "--rank", "1", "--measurements", "100");
        Assert.Equal((0, string.Empty), (generated.Code, generated.Out));
        ToolRun solved = ToolRun.OfChild(_folder.Path, "solve", "p.npz", "--json");
        Assert.Equal(0, solved.Code);
        Assert.Equal("Converged", solved.Json.GetProperty("status").GetString());
        ToolRun.OfChild(_folder.Path, "solve", "none.npz").AssertFailed(ExitCode.InputRefused, "none.npz");
        ToolRun.OfChild(_folder.Path, "solve").AssertFailed(ExitCode.Usage, "PROBLEM");
        ToolRun.OfChild(_folder.Path, "generate", "none/p.npz").AssertFailed(ExitCode.Failure, "none/p.npz");
        Assert.Equal(4, ToolRun.OfChild(_folder.Path, "solve", "p.npz", "--iterations", "2", "--tolerance", "1e-12").Code);
        Assert.Equal(["p.npz"], _folder.Names());
    }
}
