using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FastSensing.Cli.Demo;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using FastSensing.Cli.Report;
using FastSensing.IO;
using FastSensing.Operators;
using FastSensing.Solvers;
using Spectre.Console;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing demo: recovers a photograph and a covariance, and shows it in a table and on a page.</summary>
internal sealed class DemoVerb : IVerb
{
    private const string DefaultPage = "demo.html";
    private readonly Option<string> _out = SharedOptions.FileName("--out", DefaultPage, $"HTML page to write, complete in itself. Default {DefaultPage} in the current directory.");
    private readonly Option<ulong> _seed = SharedOptions.Seed();
    private readonly Option<int?> _threads = SharedOptions.Threads("Threads that one call of the BLAS may use. Default 1.");

    public DemoVerb() => Command = new Command(
        "demo",
        "Recover a photograph and a covariance from few measurements: methods side by side, with a page of pictures and curves. Takes less than a minute.")
    {
        _out, _seed, _threads,
    };

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_out) ?? DefaultPage;
        using AtomicFile file = Files.Create(path);
        ulong seed = parsed.GetValue(_seed);
        long start = Stopwatch.GetTimestamp();
        DemoPage page = new();
        using DemoCases cases = new(seed, parsed.GetValue(_threads) ?? 1);
        foreach (Func<DemoCase> make in (Func<DemoCase>[])[cases.PhotographFromMixtures, cases.PhotographFromPixels, cases.Covariance])
        {
            DemoCase demo = make();
            List<DemoOutcome> outcomes = [];
            console.Say(demo.Title);
            foreach ((DemoMethod method, Func<DemoOutcome> run) in new DemoRunner(demo, seed, cancellation).Methods())
            {
                console.Say($"  {method.Title} ...");
                DemoOutcome outcome = run();
                if (outcome.Status == SolveStatus.Cancelled)
                {
                    return ExitCode.Interrupted;
                }

                outcomes.Add(outcome);
            }

            ShowTable(console, demo, outcomes);
            page.Add(demo, outcomes);
        }

        Files.Write(path, () =>
        {
            file.Stream.Write(Encoding.UTF8.GetBytes(page.Render(InstructionSet.Name)));
            file.Commit();
        });
        console.Say(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} s. Pictures and curves: {Path.GetFullPath(path)}"));
        return ExitCode.Success;
    }

    private static void ShowTable(ToolConsole console, DemoCase demo, List<DemoOutcome> outcomes)
    {
        string freedom = Figures.Count(demo.Problem.DegreesOfFreedom(demo.Rank));
        Table table = new Table().Border(TableBorder.Simple).Title(demo.Title.EscapeMarkup());
        table.Caption($"m = {Figures.Count(demo.Problem.Operator.MeasurementCount)}, {Figures.Count(demo.Problem.Unknowns)} unknowns, {freedom} degrees of freedom at rank {demo.Rank}");
        table.AddColumn("method");
        foreach (string heading in (string[])["rank", "recovery error", "of best", "iterations", "per iteration", "bytes per iteration"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        table.AddRow($"best rank {demo.Rank}", $"{demo.Rank}", Figures.Error(demo.Yardstick), "1.00", string.Empty, string.Empty, string.Empty);
        foreach (DemoOutcome outcome in outcomes)
        {
            table.AddRow(
                outcome.Method.Title.EscapeMarkup(),
                outcome.Rank.ToString(CultureInfo.InvariantCulture),
                Figures.Error(outcome.RecoveryError),
                (outcome.RecoveryError / demo.Yardstick).ToString("0.00", CultureInfo.InvariantCulture),
                Figures.Count(outcome.Iterations),
                Figures.Time(outcome.SecondsPerIteration),
                outcome.AllocatedBytesPerIteration.ToString("0.#", CultureInfo.InvariantCulture));
        }

        console.Show(table);
    }
}
