using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FastSensing.Cli.Output;
using FastSensing.Native;

namespace FastSensing.Cli.BackEnds;

/// <summary>
/// Tries a back end in a child process: what loads, crashes, computes nonsense or never ends there does so without this
/// process. <see cref="Perform"/> is the child's side, <see cref="Run"/> the parent's.
/// </summary>
internal static class BackEndTrial
{
    /// <summary>The hidden verb of the child.</summary>
    public const string Verb = "try-back-end";

    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    private const string Loaded = "loaded ";
    private const string Correct = "correct";
    private const string FaultIs = "fault ";

    /// <summary>In the child: loads, reports, probes, reports; every line is out before the next dangerous thing is done.</summary>
    public static ExitCode Perform(string backEnd, int threads, TextWriter output)
    {
        try
        {
            NativeBlasLibrary library = NativeBlasLibrary.Load(backEnd, threads);
            output.WriteLine(Loaded + JsonSerializer.Serialize(BackEndReport.Of(backEnd, library)));
            output.Flush();
            string? fault = NativeBlasProbe.FindFault(library);
            output.WriteLine(fault is null ? Correct : FaultIs + fault);
            return fault is null ? ExitCode.Success : ExitCode.Failure;
        }
        catch (NativeBlasException unusable)
        {
            output.WriteLine(FaultIs + unusable.Message);
            return ExitCode.Failure;
        }
    }

    /// <summary>In the parent: how it went. Never throws for what the library does.</summary>
    public static BackEndReport Run(string backEnd, int threads, TimeSpan limit)
    {
        IReadOnlyList<string> tried = NativeBlasLocator.Candidates(backEnd);
        if (tried.Count == 0)
        {
            return new BackEndReport { BackEnd = backEnd, Tried = tried, Fault = $"There is no {backEnd} for this system." };
        }

        using Process child = Process.Start(ToolProcess.With(Verb, backEnd, "--threads", threads.ToString(CultureInfo.InvariantCulture)))!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> error = child.StandardError.ReadToEndAsync();
        bool ended = child.WaitForExit(limit);
        if (!ended)
        {
            child.Kill(entireProcessTree: true);
        }

        child.WaitForExit();
        string[] lines = output.Result.Split('\n', StringSplitOptions.TrimEntries);
        BackEndReport report = Facts(lines) ?? new BackEndReport { BackEnd = backEnd, Tried = tried };
        return report with
        {
            ExitCode = ended ? child.ExitCode : null,
            Fault = Array.Find(lines, line => line.StartsWith(FaultIs, StringComparison.Ordinal))?[FaultIs.Length..]
                ?? (lines.Contains(Correct) && ended && child.ExitCode == 0 ? null : Sudden(report, ended ? child.ExitCode : null, limit, error.Result)),
        };
    }

    private static BackEndReport? Facts(string[] lines)
    {
        string? line = Array.Find(lines, candidate => candidate.StartsWith(Loaded, StringComparison.Ordinal));
        return line is null ? null : JsonSerializer.Deserialize<BackEndReport>(line[Loaded.Length..]);
    }

    private static string Sudden(BackEndReport report, int? exitCode, TimeSpan limit, string said)
    {
        string when = report.Path is null ? "while it was loaded" : "in the probe";
        string words = said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? string.Empty;
        string what = exitCode is int code
            ? $"it ended the process {when} (exit code {code})"
            : $"it had not returned after {Figures.Time(limit.TotalSeconds)} {when}";
        return $"{report.Path ?? string.Join(", ", report.Tried)}: {what}{(words.Length > 0 ? ": " + words : string.Empty)}";
    }
}
