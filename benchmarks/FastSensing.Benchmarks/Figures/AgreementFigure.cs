using System.Globalization;
using System.Text;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Kernels.Simd;
using Perfolizer.Horology;

namespace FastSensing.Benchmarks.Figures;

/// <summary>The ratios of BenchmarkDotNet beside those of `fastsensing bench`, for a few sizes: benchmarks/results/agreement.md.</summary>
internal static class AgreementFigure
{
    private const string Page = "benchmarks/results/agreement.md";
    private static readonly int[] Sizes = [8, 100, 256];

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        StringBuilder page = new($"""
            # Two ways to measure the same ratios

            {Host.Description}

            Commit {Host.Commit}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; one thread, fp64; command: `./build.sh bench agreement`.

            Peer time / our time, by the medians of BenchmarkDotNet, which measures one side after the other, and by `fastsensing bench`,
            which lets them take turns: 31 rounds, with the 95 % interval.

            | routine | n | peer | BenchmarkDotNet | bench | its interval | difference |
            |---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach ((string routine, Type suite) in (ReadOnlySpan<(string, Type)>)[("gemm", typeof(GemmBenchmarks<double>)), ("potrf", typeof(PotrfBenchmarks<double>))])
        {
            Append(page, routine, BenchmarkRunner.Run(suite, Configured()));
        }

        File.WriteAllText(Page, page.ToString());
        Console.WriteLine(Page);
    }

    private static ManualConfig Configured() => ManualConfig
        .CreateEmpty()
        .AddJob(Configuration.InProcess.WithWarmupCount(5).WithIterationCount(31).WithIterationTime(TimeInterval.FromMilliseconds(100)))
        .AddColumnProvider([.. Configuration.Create().GetColumnProviders()])
        .AddLogger(NullLogger.Instance)
        .AddFilter(new SimpleFilter(one => Sizes.Contains((int)one.Parameters["N"]) && (string)one.Parameters["BackEnd"] != "mathnet"));

    private static void Append(StringBuilder page, string routine, Summary summary)
    {
        Dictionary<(string BackEnd, int N), double> medians = summary.Reports.ToDictionary(
            report => ((string)report.BenchmarkCase.Parameters["BackEnd"], (int)report.BenchmarkCase.Parameters["N"]),
            report => report.ResultStatistics!.Median);
        string[] peers = [.. BackEnds.With(routine)];
        foreach (BenchRow row in ToolRows.Measure(ToolRows.Request(routine, Precision.Double, Isa.Name, peers) with { Sizes = Sizes, Shapes = [BenchShape.Square] }))
        {
            int n = int.Parse(row.Shape.Split('x')[0], CultureInfo.InvariantCulture);
            double ratio = medians[(row.Peer!, n)] / medians[("managed", n)];
            page.Append(CultureInfo.InvariantCulture, $"| {routine} | {n} | {row.Peer} | {ratio:0.00} | {row.Ratio:0.00} | {row.Interval![0]:0.00} .. {row.Interval[1]:0.00} | {100 * ((ratio / row.Ratio) - 1):+0;-0} % |\n");
        }
    }
}
