using System.Globalization;
using System.Text;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Goals;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Benchmarks.Figures;

/// <summary>The measured classes as a page: a summary per precision, then every size.</summary>
internal static class GoalPage
{
    private const string Head = """
        # Dense routines against MKL and OpenBLAS

        One thread; row-major matrices without gaps. Ours is called through `ManagedBlas<T>` with its checks, a peer by its own C
        routine through a function pointer with arguments fixed beforehand. Ours, each peer and the limit are timed in turn, round after
        round; a ratio is peer time / our time within a round, given as the median over the rounds with the 95 % interval
        of a bootstrap. The better peer is chosen size by size; the year beside its name is that of its code.

        * A *must* holds when the upper end of the interval reaches it; a win (**bold**) is claimed when the lower end is above 1.
        * Nothing is judged (*disturbed*) where more than a fifth of the rounds shared the core with another process.
        * *mean* is the geometric mean of the ratios of a class, to be compared with its *aim*.
        * *limit* is the rate of a loop of multiply-adds on registers in the same rounds.
        * **!** marks a peer whose kernels are narrower than ours; what it would do with the right ones is not known.
        * *cold* is the lowest ratio to a peer with operands out of the first and the second level of the caches (small shapes only).

        Repeat with `./build.sh bench goals`, or `./build.sh bench goals CLASS ...`; the rows as JSON with `--json`.

        """;

    /// <summary>The page.</summary>
    /// <param name="results">What was measured, in the order of the page.</param>
    public static string Of(IReadOnlyList<GoalResult> results)
    {
        StringBuilder page = new(Head);
        foreach (string line in results.Select(result => $"* {result.Machine}; commit {result.Commit}; {result.Date}").Distinct())
        {
            page.Append(line).Append('\n');
        }

        foreach (string line in results.SelectMany(result => result.Rows).Where(row => row.Peer is not null).Select(DescribePeer).Distinct())
        {
            page.Append(line).Append('\n');
        }

        foreach (IGrouping<string, GoalResult> precision in results.GroupBy(result => result.Precision))
        {
            Summarize(page, precision);
        }

        foreach (GoalResult result in results)
        {
            Detail(page, result);
        }

        return page.ToString();
    }

    /// <summary>A line per class, fp64 beside fp32, for the README.</summary>
    /// <param name="results">What was measured.</param>
    public static string Short(IReadOnlyList<GoalResult> results)
    {
        StringBuilder table = new("| class | goal: each, mean | fp64: lowest, mean | fp32: lowest, mean |\n|---|---|---|---|\n");
        foreach (GoalClass goal in GoalClasses.All)
        {
            string Cell(string precision) =>
                results.FirstOrDefault(result => (result.Class, result.Precision) == (goal.Name, precision))?.Judge(goal) is GoalJudgement judged
                    ? Text($"{judged.Worst.Row.Ratio:0.00}{Doubt(judged)}, {judged.GeometricMean:0.00}{(judged.AimReached == false ? " (short)" : "")}")
                    : "not measured";
            string aim = goal.Aim is double wanted ? Text($", {wanted:0.00}") : "";
            table.Append(CultureInfo.InvariantCulture, $"| {goal.Title} | {goal.Must:0.00}{aim} | {Cell("fp64")} | {Cell("fp32")} |\n");
        }

        return table.ToString();
    }

    private static string Doubt(GoalJudgement judged) =>
        judged.MustHolds ? "" : judged.Sizes.Any(size => size.IsDisturbed) ? " (disturbed)" : " (short)";

    private static string DescribePeer(BenchRow row) =>
        $"* {row.Peer} ({PeerAges.Of(row.PeerVersion!)}), measured beside our {row.Isa}: {row.PeerVersion}; core {row.PeerCore}; {row.PeerThreads} thread"
        + (row.Flag is null ? "" : $"; {row.Flag}");

    private static GoalClass ClassOf(GoalResult result) => GoalClasses.All.Single(goal => goal.Name == result.Class);

    private static void Summarize(StringBuilder page, IGrouping<string, GoalResult> precision)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {precision.Key}\n\n");
        page.Append("| class | must | sizes that hold | lowest ratio | mean | aim | % of limit | better peers |\n|---|---|---|---|---|---|---|---|\n");
        foreach (GoalResult result in precision)
        {
            GoalClass goal = ClassOf(result);
            GoalJudgement judged = result.Judge(goal);
            BenchRow worst = judged.Worst.Row;
            string aim = goal.Aim is double wanted ? Text($"{wanted:0.00} {(judged.AimReached == true ? "reached" : "missed")}") : "";
            string peers = string.Join(", ", judged.Sizes.Select(size => $"{size.Row.Peer} {PeerAges.Of(size.Row.PeerVersion!)}").Distinct());
            page.Append(CultureInfo.InvariantCulture, $"| {goal.Title} | {goal.Must:0.00} | {judged.Sizes.Count(size => size.Holds)} of {judged.Sizes.Count} ");
            page.Append(CultureInfo.InvariantCulture, $"| {worst.Ratio:0.00} ({worst.Interval![0]:0.00} .. {worst.Interval[1]:0.00}) at {worst.Shape} | {judged.GeometricMean:0.00} | {aim} ");
            page.Append(CultureInfo.InvariantCulture, $"| {judged.Sizes.Min(size => size.Row.PercentOfLimit):0} .. {judged.Sizes.Max(size => size.Row.PercentOfLimit):0} | {peers} |\n");
        }
    }

    private static void Detail(StringBuilder page, GoalResult result)
    {
        GoalClass goal = ClassOf(result);
        double limit = new Sample(result.Rows.Select(row => row.Gflops / row.PercentOfLimit * 100)).Median;
        int spoiled = result.Rows.Sum(row => row.Spoiled);
        page.Append(CultureInfo.InvariantCulture, $"\n### {goal.Title}, {result.Precision}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Must {goal.Must:0.00}; limit {limit:0.0} GFLOP/s; {result.Rows[0].Rounds} rounds a row, ");
        page.Append(CultureInfo.InvariantCulture, $"{spoiled} of all {result.Rows.Sum(row => row.Rounds)} shared the core with another process.\n\n");
        page.Append("| m x n x k | ours | GFLOP/s | % of limit | better peer | its time | ratio | 95 % interval | holds | cold |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (GoalSize size in result.Judge(goal).Sizes)
        {
            BenchRow row = size.Row;
            string ratio = Text(size.IsWin ? (FormattableString)$"**{row.Ratio:0.00}**" : $"{row.Ratio:0.00}");
            page.Append(CultureInfo.InvariantCulture, $"| {row.Shape} | {Time(row.OursSeconds)} | {row.Gflops:0.0} | {row.PercentOfLimit:0} | {row.Peer} {PeerAges.Of(row.PeerVersion!)}{(row.Flag is null ? "" : " !")} | {Time(row.PeerSeconds!.Value)} ");
            page.Append(CultureInfo.InvariantCulture, $"| {ratio} | {row.Interval![0]:0.00} .. {row.Interval[1]:0.00} | {(size.IsDisturbed ? "disturbed" : size.Holds ? "yes" : "NO")} | {size.Cold:0.00} |\n");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds switch
    {
        < 1e-5 => Text($"{seconds * 1e9:0} ns"),
        < 1e-2 => Text($"{seconds * 1e6:0.0} us"),
        _ => Text($"{seconds * 1e3:0.0} ms"),
    };
}
