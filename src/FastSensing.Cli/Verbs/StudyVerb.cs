using System.CommandLine;
using System.Text;
using FastSensing.Cli.Experiments;
using FastSensing.Cli.Output;
using FastSensing.IO;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing study STUDY: how reliable Solve is without options, on a grid of planted problems.</summary>
internal sealed class StudyVerb : IVerb
{
    private const string Grid = "solve-grid";
    private const string Stopping = "early-stopping";
    private const int GridRuns = 610;
    private const int StoppingRuns = 100;

    private readonly Argument<string> _study = new("STUDY")
    {
        Description = string.Join(
            Environment.NewLine,
            "What to measure:",
            $"  {Grid}: success over sizes, ranks, condition numbers, measurements and noise, against an oracle that knows rank and truth",
            $"  {Stopping}: how near the iterate that held-out measurements choose is to the best one on its way, with noise"),
    };

    private readonly Option<int?> _runs = SharedOptions.Integer(
        "--runs", 1, $"Runs; of {Grid} a tenth are of the largest size. Default {GridRuns} and {StoppingRuns}.");
    private readonly Option<string> _cells = new("--cells") { Description = "Only cells with this in their name: n30, sym, r3, k100, c2.5, exact, snr10.", HelpName = "TEXT" };
    private readonly Option<string> _resume = SharedOptions.FileName("--resume", "FILE", "Outcomes, a line of JSON each: what is there is not run again, and every run is added at once.");
    private readonly Option<string> _out = SharedOptions.FileName("--out", "FILE", "Markdown to write the table to. Default: stdout.");
    private readonly Option<bool> _json = SharedOptions.Json();

    public StudyVerb()
    {
        _study.AcceptOnlyFromAmong(Grid, Stopping);
        _json.Description = "The outcomes as one JSON object on stdout.";
        Command = new Command("study", "Measure how reliable Solve is: the numbers behind its promises. Takes up to an hour; --resume continues.")
        {
            _study, _runs, _cells, _resume, _out, _json,
        };
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        string? path = parsed.GetValue(_out);
        using AtomicFile? file = path is null ? null : Files.Create(path);
        string cells = parsed.GetValue(_cells) ?? string.Empty;
        (string table, Action<Json> data) = parsed.GetValue(_study) == Grid
            ? RunGrid(parsed, cells, console, cancellation)
            : StopEarly(parsed, cells, console, cancellation);
        if (file is not null)
        {
            Files.Write(path!, () =>
            {
                file.Stream.Write(Encoding.UTF8.GetBytes(table));
                file.Commit();
            });
        }

        if (parsed.GetValue(_json))
        {
            using Json json = new();
            data(json);
            json.WriteTo(console.Out);
        }
        else if (file is null)
        {
            console.Out.Write(table);
        }

        return ExitCode.Success;
    }

    private (string Table, Action<Json> Data) RunGrid(ParseResult parsed, string cells, ToolConsole console, CancellationToken cancellation)
    {
        using GridLog log = new(parsed.GetValue(_resume));
        GridRun[] plan = Some(GridCells.Plan(parsed.GetValue(_runs) ?? GridRuns).Where(run => run.Cell.Name.Contains(cells, StringComparison.Ordinal)), cells);
        List<(GridRun Run, GridOutcome Outcome)> outcomes = new GridStudy(console).Run(plan, log, cancellation);
        return (GridTable.Write(outcomes), json => json.Add("runs", outcomes.Select(run => (Action<Json>)run.Outcome.WriteTo)));
    }

    private (string Table, Action<Json> Data) StopEarly(ParseResult parsed, string cells, ToolConsole console, CancellationToken cancellation)
    {
        if (parsed.GetValue(_resume) is not null)
        {
            throw new ToolException(ExitCode.Usage, $"--resume is for {Grid}; {Stopping} takes a minute.");
        }

        GridRun[] plan = Some(EarlyStopping.Plan(parsed.GetValue(_runs) ?? StoppingRuns, cells), cells);
        List<StoppingOutcome> ratios = new EarlyStopping(console).Run(plan, cancellation);
        return (
            EarlyStopping.Write(ratios),
            json => json.Add("runs", ratios.Select(run => (Action<Json>)(one => one.Add("cell", run.Run.Cell.Name).Add("seed", (long)run.Run.Seed).Add("wide", run.Wide).Add("solve", run.Solve)))));
    }

    private static GridRun[] Some(IEnumerable<GridRun> runs, string cells)
    {
        GridRun[] plan = [.. runs];
        return plan.Length > 0 ? plan : throw new ToolException(ExitCode.Usage, $"--cells is '{cells}'; no run of the plan has that in its name.");
    }
}
