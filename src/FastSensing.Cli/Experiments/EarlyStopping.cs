using System.Globalization;
using System.Text;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using FastSensing.Operators;
using FastSensing.Solvers;
using FastSensing.Solvers.EarlyStopping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Cli.Experiments;

/// <summary>
/// How near the iterate that held-out measurements choose is to the best one on the way to it, on noisy problems: of a
/// single run of ScaledGD(lambda) with three times as many columns as the rank, and of Solve.
/// </summary>
internal sealed class EarlyStopping(ToolConsole console)
{
    /// <summary>A returned error of at most this many times the smallest is as good.</summary>
    private const double Near = 1.1;

    /// <summary>Columns of a wide run over the rank.</summary>
    private const int Wideness = 3;

    private const ulong Seed = 1;

    /// <summary>More than all steps of any run.</summary>
    private const int Points = 1 << 13;

    /// <summary>A number of noisy runs on small problems whose cell's name contains a text.</summary>
    public static GridRun[] Plan(int runs, string cells)
    {
        bool Fits(GridCell cell) => !cell.IsNoiseFree && cell.Size < GridCells.LargeSize && cell.Name.Contains(cells, StringComparison.Ordinal);
        return GridCells.All.Any(Fits) ? [.. GridCells.Plan(int.MaxValue).Where(run => Fits(run.Cell)).Take(runs)] : [];
    }

    /// <summary>The errors that are returned over the smallest on the way, run by run.</summary>
    public List<StoppingOutcome> Run(GridRun[] plan, CancellationToken cancellation)
    {
        List<StoppingOutcome> done = [];
        foreach (GridRun run in plan)
        {
            using GridProblem made = new(run);
            done.Add(new StoppingOutcome(run, OfAWideRun(made, Wideness * run.Cell.Rank, cancellation), OfSolve(made, cancellation)));
            cancellation.ThrowIfCancellationRequested();
            console.Say(string.Create(
                CultureInfo.InvariantCulture, $"{done.Count}/{plan.Length} {run.Cell.Name} seed {run.Seed}: {done[^1].Wide:0.000} and {done[^1].Solve:0.000} of the best"));
        }

        return done;
    }

    /// <summary>How many came near the best.</summary>
    public static int CountNear(IEnumerable<double> ratios) => ratios.Count(ratio => ratio <= Near);

    /// <summary>The table in Markdown: by size, measurements and noise, which is what it depends on.</summary>
    public static string Write(IReadOnlyList<StoppingOutcome> runs)
    {
        StringBuilder text = new();
        text.AppendLine("# Where held-out measurements stop a run, against the best iterate on its way").AppendLine();
        text.AppendLine(Provenance.Line).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Noisy problems of the grid, a tenth of the measurements held out; recovery error over the smallest one on the way. *Wide*: one run of");
        text.AppendLine(CultureInfo.InvariantCulture, $"ScaledGD(lambda) with {Wideness} r columns from a small random start, ended by a HoldOutObserver. *Solve*: all its stages, without");
        text.AppendLine("options. Made by `fastsensing study early-stopping`.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Within 10 % of the best: {CountNear(runs.Select(run => run.Wide))} of {runs.Count} wide runs, {CountNear(runs.Select(run => run.Solve))} of {runs.Count} of Solve.").AppendLine();
        text.AppendLine("| n | c | SNR | runs | wide | median | largest | Solve | median | largest |").AppendLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var group in runs.GroupBy(run => (run.Run.Cell.Size, run.Run.Cell.Oversampling, run.Run.Cell.SignalToNoise)).OrderBy(group => group.Key))
        {
            (int size, double oversampling, double? ratio) = group.Key;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {size} | {oversampling} | {ratio} | {group.Count()} | {Cells(group.Select(run => run.Wide))} | {Cells(group.Select(run => run.Solve))} |");
        }

        return text.ToString();
    }

    private static string Cells(IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{CountNear(sorted)} | {sorted[sorted.Length / 2]:0.000} | {sorted[^1]:0.000}");
    }

    private static double OfAWideRun(GridProblem made, int width, CancellationToken cancellation)
    {
        HoldOut<double> holdOut = HoldOut<double>.Of(made.Problem, Seed)!;
        HoldOutObserver<double> watch = new(holdOut, width);
        Trace<double> trace = new(Points, new RecoveryErrorObserver<double>(made.Planted.Truth));
        MethodOptions options = new() { Width = width };
        using IIterativeMethod<double> method = made.Problem.Structure == MatrixStructure.Symmetric
            ? new DampedScaledGradientDescent<double>(holdOut.Training, options)
            : new AsymmetricDampedScaledGradientDescent<double>(holdOut.Training, options);
        Solver.Run(method, new StopAfterIterations(Points - 2), new RunOptions<double> { Observer = new ObserverGroup<double>(trace, watch), CancellationToken = cancellation });
        return MatrixSensing.RecoveryError(watch.Left, watch.Right, made.Planted.Truth) / Smallest(trace);
    }

    private static double OfSolve(GridProblem made, CancellationToken cancellation)
    {
        Trace<double> trace = new(Points, new RecoveryErrorObserver<double>(made.Planted.Truth));
        SolveResult<double> result = MatrixSensing.Solve(made.Problem, new SolveOptions<double> { Trace = trace }, cancellation);
        return MatrixSensing.RecoveryError(result.Left, result.Right, made.Planted.Truth) / Smallest(trace);
    }

    private static double Smallest(Trace<double> trace)
    {
        double smallest = double.PositiveInfinity;
        foreach (TracePoint point in trace.Points)
        {
            smallest = Math.Min(smallest, point.RecoveryError);
        }

        return smallest;
    }
}
