using System.Text.Json;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>The verb `study`: its outputs, and that a study goes on where it was left.</summary>
public sealed class StudyTests : IDisposable
{
    private const string Cells = "n30-sym-r1-k1-c6";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Study_Resumed_RunsOnlyWhatIsMissing()
    {
        string log = _folder.File("log.jsonl");
        ToolRun first = Study("--resume", log);
        first.AssertSucceeded();
        string[] lines = File.ReadAllLines(log);
        Assert.Equal(4, lines.Length);
        Assert.Contains("| recovered, c >= 3 | 95 % | 4 of 4 (100.0 %) |", first.Out, StringComparison.Ordinal);
        Assert.Contains("| 30 | sym | 1 | 1 | 6 | 0.39 | 1/1 | 1/1 | 1/1 | 1/1 |", first.Out, StringComparison.Ordinal);

        // The first two are there and keep what they say; the others are run again, to the same errors.
        File.WriteAllLines(log, lines[..2]);
        ToolRun second = Study("--resume", log, "--json");
        second.AssertSucceeded();
        string[] resumed = File.ReadAllLines(log);
        Assert.Equal(lines[..2], resumed[..2]);
        Assert.Equal(Array.ConvertAll(lines, Error), Array.ConvertAll(resumed, Error));
        Assert.Equal(Array.ConvertAll(lines, Error), second.Json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("error").GetDouble()));
        Assert.Contains("456 of 576 cells", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("1/4 ", second.Error, StringComparison.Ordinal);
        Assert.Contains("4/4 ", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Study_WithAnOutput_WritesTheTableThere()
    {
        ToolRun run = ToolRun.Of("study", "early-stopping", "--runs", "3", "--cells", Cells, "--out", _folder.File("table.md"), "-q");
        run.AssertSucceeded();
        Assert.Equal((string.Empty, string.Empty), (run.Out, run.Error));
        Assert.Contains("of 3 wide runs, ", File.ReadAllText(_folder.File("table.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Study_OfALogThatIsNone_IsRefusedWithItsLine()
    {
        string log = _folder.File("log.jsonl");
        Assert.Equal(0, Study("--resume", log).Code);
        File.AppendAllText(log, "hello\n");
        Study("--resume", log).AssertFailed(ExitCode.InputRefused, "log.jsonl: line 5 is not the outcome of a run");
    }

    [Fact]
    public void Study_OfNoCell_IsRefused()
    {
        ToolRun.Of("study", "solve-grid", "--cells", "n31").AssertFailed(ExitCode.Usage, "--cells is 'n31'");
        ToolRun.Of("study", "early-stopping", "--cells", "n31").AssertFailed(ExitCode.Usage, "--cells is 'n31'");
        ToolRun.Of("study", "early-stopping", "--resume", "x").AssertFailed(ExitCode.Usage, "--resume");
    }

    private static ToolRun Study(params string[] more) => ToolRun.Of(["study", "solve-grid", "--runs", "285", "--cells", Cells, .. more]);

    private static double Error(string line) => JsonDocument.Parse(line).RootElement.GetProperty("Error").GetDouble();
}
