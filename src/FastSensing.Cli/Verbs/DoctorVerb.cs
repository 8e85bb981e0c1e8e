using System.CommandLine;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.Native;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing doctor: tries every native BLAS, each in a process of its own, and says what it found.</summary>
internal sealed class DoctorVerb : IVerb
{
    private readonly Argument<string[]> _backEnds = new("BACKEND")
    {
        Description = $"{string.Join(", ", NativeBlasLocator.Names)} or absolute paths of libraries. Default: all names. The exit code is 1 when one that is named here is not usable.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _threads = SharedOptions.Integer("--threads", 1, "Threads the library is told to use. Default 1.");
    private readonly Option<double?> _limit = SharedOptions.Number("--time-limit", Sign.Positive, "Seconds that one back end may take. Default 20.");
    private readonly Option<bool> _json = SharedOptions.Json();

    public DoctorVerb() => Command = new Command("doctor", "Try the native BLAS libraries: what is found, what it is, whether it computes right.")
    {
        _backEnds, _threads, _limit, _json,
    };

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        string[] named = [.. (parsed.GetValue(_backEnds) ?? []).Select(BackEndChoice.ResolveNative)];
        TimeSpan limit = parsed.GetValue(_limit) is double seconds ? TimeSpan.FromSeconds(seconds) : BackEndTrial.DefaultLimit;
        List<BackEndReport> reports = [];
        foreach (string backEnd in named.Length > 0 ? named : NativeBlasLocator.Names)
        {
            cancellation.ThrowIfCancellationRequested();
            reports.Add(BackEndTrial.Run(backEnd, parsed.GetValue(_threads) ?? 1, limit));
        }

        Write(reports, console.Out, parsed.GetValue(_json));
        return named.Length > 0 && !reports.TrueForAll(report => report.IsUsable) ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Write(List<BackEndReport> reports, TextWriter output, bool asJson)
    {
        if (asJson)
        {
            using Json json = new();
            json.Add("backEnds", reports.Select(report => (Action<Json>)report.WriteTo)).WriteTo(output);
            return;
        }

        foreach (BackEndReport report in reports)
        {
            report.WriteText(output);
        }
    }
}
