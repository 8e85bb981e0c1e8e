using System.Globalization;
using FastSensing.Cli.Benchmarking.Gains;
using FastSensing.Cli.Output;
using Spectre.Console;

namespace FastSensing.Cli.Benchmarking.Results;

/// <summary>Rows as people read them: the peers first, then a table.</summary>
internal static class BenchTable
{
    /// <summary>Writes to stdout.</summary>
    public static void Show(ToolConsole console, IReadOnlyList<BenchRow> rows)
    {
        foreach (string line in rows.Where(row => row.Peer is not null).Select(DescribePeer).Distinct())
        {
            console.Out.WriteLine(line);
        }

        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("routine").AddColumn("shape").AddColumn("type").AddColumn("isa");
        foreach (string heading in (string[])["ours", "rate", "% of limit"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        table.AddColumn("peer");
        foreach (string heading in (string[])["its time", "ratio", "95 % interval"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (BenchRow row in rows)
        {
            table.AddRow(Cells(row));
        }

        console.Show(table);
        foreach (string line in ThreadGainLines.Of(rows))
        {
            console.Out.WriteLine(line);
        }

        console.Out.WriteLine("ratio: peer time / our time, the median over the rounds; above 1 ours is faster. Peers that have an ! are not to be quoted:");
        foreach (string flag in rows.Where(row => row.Flag is not null).Select(row => $"! {row.Peer}, {row.Isa}: {row.Flag}").DefaultIfEmpty("none.").Distinct())
        {
            console.Out.WriteLine(flag);
        }
    }

    private static string DescribePeer(BenchRow row) =>
        $"{row.Peer}, {row.Isa}: {row.PeerVersion}; core {row.PeerCore}; {Count(row.PeerThreads)}{(row.Flag is null ? "" : "; !")}";

    private static string Count(int? threads) => threads switch
    {
        1 => "1 thread",
        0 or null => "threads: its own choice",
        int several => $"{several} threads",
    };

    private static string[] Cells(BenchRow row) =>
    [
        row.Routine,
        row.Caches == "warm" ? row.Shape : $"{row.Shape} {row.Caches}",
        row.Precision,
        row.Isa,
        Time(row.OursSeconds),
        row.Gbytes is double gbytes ? Number(gbytes, "0.0 GB/s") : Number(row.Gflops, "0.0 GFLOP/s"),
        row.GoalPercent is double goal ? $"{Number(row.PercentOfLimit, "0")} (goal {Number(goal, "0")})" : Number(row.PercentOfLimit, "0"),
        $"{row.Peer ?? "-"}{(row.Flag is null ? "" : " !")}",
        row.PeerSeconds is double seconds ? Time(seconds) : "-",
        row.Ratio is double ratio ? Number(ratio, "0.00") : "-",
        row.Interval is [double low, double high] ? $"{Number(low, "0.00")} .. {Number(high, "0.00")}" : "-",
    ];

    private static string Time(double seconds) => seconds < 1e-5 ? Number(seconds * 1e9, "0 ns") : Figures.Time(seconds);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
