using System.Globalization;
using System.Text;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Benchmarks.Figures;

/// <summary>Every tile of Gemm alone, of both register budgets and both element types, beside its goal: benchmarks/results/tiles.md.</summary>
internal static class TileFigure
{
    private const string Page = "benchmarks/results/tiles.md";

    private static readonly (string Isa, string Words)[] Isas = [("Simd512", "AVX-512"), ("Simd256", "AVX2")];

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        StringBuilder page = new($"""
            # The tiles of Gemm alone

            {Host.Description}

            Commit {Host.Commit}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; one thread; command: `./build.sh bench tiles`.

            A tile m x n sums k = 256 products of packed operands, which stay in the first two levels of the caches. Beside it, in the same
            rounds, a loop of multiply-adds on registers; the share is the median over 31 rounds. The first tile of a table
            is the main one: its goal is 92 % on AVX-512 and 90 % on AVX2. The others are at the edges of a product; their goal is
            90 % of min(1, F / loads, F / 8), F the multiply-adds of a step: two multiply-adds and two loads fit into a
            cycle, and eight sums in flight fill the pipes. Where a row ends inside a register, only the lanes in use count.

            """.ReplaceLineEndings("\n"));
        foreach ((string isa, string words) in Isas)
        {
            foreach (Precision precision in (Precision[])[Precision.Double, Precision.Single])
            {
                Console.Error.WriteLine($"tiles, {words}, {precision}");
                Append(page, words, ToolRows.Measure(ToolRows.Request("tile", precision, isa)));
            }
        }

        File.WriteAllText(Page, page.ToString());
        Console.WriteLine(Page);
    }

    private static void Append(StringBuilder page, string isa, BenchRow[] rows)
    {
        int reached = rows.Count(row => row.PercentOfLimit >= row.GoalPercent);
        page.Append(CultureInfo.InvariantCulture, $"\n## {isa}, {rows[0].Precision}\n\n{reached} of {rows.Length} tiles reach their goal.\n\n");
        page.Append("| m x n x k | GFLOP/s | % of limit | goal | reached |\n|---|---|---|---|---|\n");
        foreach (BenchRow row in rows)
        {
            string verdict = row.PercentOfLimit >= row.GoalPercent ? "yes" : "NO";
            page.Append(CultureInfo.InvariantCulture, $"| {row.Shape} | {row.Gflops:0.0} | {row.PercentOfLimit:0.0} | {row.GoalPercent:0.0} | {verdict} |\n");
        }
    }
}
