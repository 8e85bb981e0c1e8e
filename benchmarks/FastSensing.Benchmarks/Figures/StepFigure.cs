using System.Globalization;
using System.Text;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Benchmarks.Figures;

/// <summary>One step of every method on every back end, with the bytes that it allocates: benchmarks/results/steps.md.</summary>
internal static class StepFigure
{
    private const string Page = "benchmarks/results/steps.md";

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        StringBuilder page = new($"""
            # A step of every method on every back end

            {Host.Description}

            Commit {Host.Commit}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; one thread; command: `./build.sh bench steps`.

            A dense operator, n x n matrices of rank 3, m = 15 n measurements. A back end is a constructor argument: it serves the dense
            routines of a step, by `NativeBlas<T>` with its checks; the pass over the measurement matrices is ours on all.
            Medians of 31 rounds in which all back ends take turns; the ratio is back end / managed within a round, with its 95 % interval.
            Bytes are those that the garbage collector hears of, per step.

            """.ReplaceLineEndings("\n"));
        foreach (Precision precision in (Precision[])[Precision.Double, Precision.Single])
        {
            Console.Error.WriteLine($"steps, {precision}");
            BenchRow[] rows = ToolRows.Measure(ToolRows.Request("step", precision, "Simd512", "mkl", "openblas", "blis") with { Sizes = [32, 60] });
            Append(page, rows);
        }

        File.WriteAllText(Page, page.ToString());
        Console.WriteLine(Page);
    }

    private static void Append(StringBuilder page, BenchRow[] rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {rows[0].Precision}\n\n");
        foreach (BenchRow row in rows.DistinctBy(row => row.Peer))
        {
            page.Append(CultureInfo.InvariantCulture, $"* {row.Peer} ({PeerAges.Of(row.PeerVersion!)}): {row.PeerVersion}; core {row.PeerCore}{(row.Flag is null ? "" : $"; {row.Flag}")}\n");
        }

        page.Append("\n| problem | back end | us a step | ratio | 95 % interval | bytes |\n|---|---|---|---|---|---|\n");
        foreach (IGrouping<string, BenchRow> problem in rows.GroupBy(row => row.Shape))
        {
            BenchRow ours = problem.First();
            page.Append(CultureInfo.InvariantCulture, $"| {problem.Key} | managed | {ours.OursSeconds * 1e6:0.0} | | | {ours.OursBytes:0} |\n");
            foreach (BenchRow row in problem)
            {
                page.Append(CultureInfo.InvariantCulture, $"| | {row.Peer} | {row.PeerSeconds * 1e6:0.0} | {row.Ratio:0.00} | {row.Interval![0]:0.00} .. {row.Interval[1]:0.00} | {row.PeerBytes:0} |\n");
            }
        }
    }
}
