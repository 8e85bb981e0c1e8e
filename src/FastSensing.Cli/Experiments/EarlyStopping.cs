using System.Globalization;
using System.Text;
using FastSensing.Cli.Output;
using FastSensing.Solvers;
using FastSensing.Solvers.Observers;

namespace FastSensing.Cli.Experiments;

/// <summary>
/// How near the iterate that Solve stops at, told by a tenth of the measurements, is to the best one on its way: noisy
/// problems, more columns than the rank.
/// </summary>
internal sealed class EarlyStopping(ToolConsole console)
{
    /// <summary>A returned error of at most this many times the smallest is as good.</summary>
    private const double Near = 1.1;

    /// <summary>More than all steps of any run.</summary>
    private const int Points = 1 << 13;

    /// <summary>A number of noisy runs on small problems whose cell's name contains a text.</summary>
    public static GridRun[] Plan(int runs, string cells)
    {
        bool Fits(GridCell cell) => !cell.IsNoiseFree && cell.Size < GridCells.LargeSize && cell.Name.Contains(cells, StringComparison.Ordinal);
        return GridCells.All.Any(Fits) ? [.. GridCells.Plan(int.MaxValue).Where(run => Fits(run.Cell)).Take(runs)] : [];
    }

    /// <summary>The error that is returned over the smallest on the way, run by run.</summary>
    public List<(GridRun Run, double Ratio)> Run(GridRun[] plan, CancellationToken cancellation)
    {
        List<(GridRun Run, double Ratio)> done = [];
        foreach (GridRun run in plan)
        {
            done.Add((run, Ratio(run, cancellation)));
            console.Say(string.Create(CultureInfo.InvariantCulture, $"{done.Count}/{plan.Length} {run.Cell.Name} seed {run.Seed}: {done[^1].Ratio:0.000} of the best"));
        }

        return done;
    }

    /// <summary>How many came near the best.</summary>
    public static int CountNear(IEnumerable<(GridRun Run, double Ratio)> runs) => runs.Count(run => run.Ratio <= Near);

    /// <summary>The table in Markdown: by measurements and noise, which is what it depends on.</summary>
    public static string Write(IReadOnlyList<(GridRun Run, double Ratio)> runs)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{CountNear(runs)} of {runs.Count} runs end within 10 % of the smallest error on their way.").AppendLine();
        text.AppendLine("| c | SNR | runs | within 10 % | median | largest |").AppendLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var group in runs.GroupBy(run => (run.Run.Cell.Oversampling, run.Run.Cell.SignalToNoise)).OrderBy(group => group.Key))
        {
            double[] ratios = [.. group.Select(run => run.Ratio).Order()];
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Oversampling} | {group.Key.SignalToNoise} | {ratios.Length} | {CountNear(group)} | {ratios[ratios.Length / 2]:0.000} | {ratios[^1]:0.000} |");
        }

        return text.ToString();
    }

    private static double Ratio(GridRun run, CancellationToken cancellation)
    {
        using GridProblem made = new(run);
        Trace<double> trace = new(Points, new RecoveryErrorObserver<double>(made.Planted.Truth));
        SolveResult<double> result = MatrixSensing.Solve(made.Problem, new SolveOptions<double> { Trace = trace }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        double smallest = double.PositiveInfinity;
        foreach (TracePoint point in trace.Points)
        {
            smallest = Math.Min(smallest, point.RecoveryError);
        }

        return MatrixSensing.RecoveryError(result.Left, result.Right, made.Planted.Truth) / smallest;
    }
}
