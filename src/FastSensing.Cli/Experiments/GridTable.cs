using System.Globalization;
using System.Text;
using FastSensing.Cli.Inspection;
using FastSensing.Solvers;

namespace FastSensing.Cli.Experiments;

/// <summary>The outcomes as Markdown: the goals, then a row for each kind of cell with a column for each level of noise.</summary>
internal static class GridTable
{
    private static readonly double[] Levels = [double.PositiveInfinity, 1000, 100, 10];

    public static string Write(IReadOnlyList<(GridRun Run, GridOutcome Outcome)> runs)
    {
        StringBuilder text = new();
        text.AppendLine("# Solve without options, over a grid").AppendLine();
        text.AppendLine(Provenance.Line).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{GridCells.All.Length} of {GridCells.Full.Length} cells have measurements for at most 0.6 of the unknowns; {runs.Count} runs, {runs.Count(run => run.Run.Cell.Size == GridCells.LargeSize)} of them of the largest size.");
        text.AppendLine("Recovered: error at most 1e-6 without noise, at most 2.5 times that of the least-squares fit of the true rank found from the truth with noise.");
        text.AppendLine("Far off: above 1e-2, or above 4 times that error. Made by `fastsensing study solve-grid`.").AppendLine();
        Goals(text, runs);
        text.AppendLine().AppendLine("Recovered of all runs, by cell; an exclamation mark for each that is called converged and far off; the median of the steps of all stages.");
        text.AppendLine().AppendLine("| n | X | r* | condition | c | m / unknowns | exact | SNR 1000 | SNR 100 | SNR 10 | steps |");
        text.AppendLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var group in runs.GroupBy(run => run.Run.Cell with { SignalToNoise = 1 }).OrderBy(group => Array.IndexOf(GridCells.All, group.First().Run.Cell)))
        {
            GridCell cell = group.Key;
            double share = (double)cell.Measurements / Operators.MatrixStructureCounts.Unknowns(cell.Structure, cell.Size, cell.Columns);
            text.Append(CultureInfo.InvariantCulture, $"| {cell.Size} | {cell.Shape} | {cell.Rank} | {cell.Condition} | {cell.Oversampling} | {share:0.00} |");
            foreach (double level in Levels)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Rate([.. group.Where(run => run.Run.Cell.SignalToNoise == level).Select(run => run.Outcome)])} |");
            }

            text.AppendLine(CultureInfo.InvariantCulture, $" {Median(group.Select(run => run.Outcome.Iterations))} |");
        }

        return text.ToString();
    }

    private static void Goals(StringBuilder text, IReadOnlyList<(GridRun Run, GridOutcome Outcome)> runs)
    {
        GridOutcome[] many = [.. runs.Where(run => run.Run.Cell.Oversampling >= 3).Select(run => run.Outcome)];
        GridOutcome[] few = [.. runs.Where(run => run.Run.Cell.Oversampling < 3).Select(run => run.Outcome)];
        GridOutcome[] exact = [.. runs.Where(run => run.Run.Cell.IsNoiseFree).Select(run => run.Outcome)];
        GridOutcome[] all = [.. runs.Select(run => run.Outcome)];
        text.AppendLine("| goal | wanted | seen |").AppendLine("|---|---:|---:|");
        Row("recovered, c >= 3", "95 %", many.Count(o => o.IsSuccess), many.Length);
        Row("recovered, c = 2.5", "70 %", few.Count(o => o.IsSuccess), few.Length);
        Row("noise-free runs with error at most 1e-10", "50 %", exact.Count(o => o.Error <= 1e-10), exact.Length);
        Row("runs called converged that are far off", "0", all.Count(o => o.IsLie), all.Length);
        Row("runs recovered but not called converged", "-", all.Count(o => o.IsSuccess && o.Status != SolveStatus.Converged), all.Length);

        void Row(string goal, string wanted, int count, int of) => text.AppendLine(
            CultureInfo.InvariantCulture, $"| {goal} | {wanted} | {count} of {of} ({100.0 * count / Math.Max(1, of):0.0} %) |");
    }

    private static string Rate(GridOutcome[] outcomes) => outcomes.Length == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{outcomes.Count(o => o.IsSuccess)}/{outcomes.Length}{new string('!', outcomes.Count(o => o.IsLie))}");

    private static int Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
