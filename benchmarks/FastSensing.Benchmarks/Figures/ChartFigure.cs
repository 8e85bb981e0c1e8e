using System.Globalization;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Cli.Report;

namespace FastSensing.Benchmarks.Figures;

/// <summary>GFLOP/s over n, of ours and of each peer: charts in benchmarks/results.</summary>
internal static class ChartFigure
{
    private static readonly int[] GemmSizes = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1000, 1500, 2000];
    private static readonly int[] PotrfSizes = [4, 8, 16, 24, 32, 48, 64, 100, 128, 200, 256, 384, 512, 768, 1000];

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        Draw("gemm", Precision.Double, GemmSizes);
        Draw("gemm", Precision.Single, GemmSizes);
        Draw("potrf", Precision.Double, PotrfSizes);
    }

    private static void Draw(string routine, Precision precision, int[] sizes)
    {
        string type = precision == Precision.Single ? "fp32" : "fp64";
        Console.Error.WriteLine($"chart, {routine}, {type}");
        string[] peers = routine == "potrf" ? ["openblas", "mkl"] : ["openblas", "mkl", "blis"];
        BenchRow[] rows = ToolRows.Measure(ToolRows.Request(routine, precision, "Simd512", peers) with { Sizes = sizes, Shapes = [BenchShape.Square] });
        double limit = new Sample(rows.Select(row => row.Gflops / row.PercentOfLimit * 100)).Median;
        RateSeries ours = new("FastSensing, C#, AVX-512", [.. rows.DistinctBy(row => row.Shape).Select(row => (SizeOf(row), row.Gflops))]);
        IEnumerable<RateSeries> theirs = rows
            .GroupBy(row => row.Peer)
            .Select(peer => new RateSeries(NameOf(peer.First()), [.. peer.Select(row => (SizeOf(row), row.Gflops * row.OursSeconds / row.PeerSeconds!.Value))]));
        RateChart chart = new($"{(routine == "gemm" ? "Gemm" : "Potrf")}, n x n, {type}, one thread, {Host.Cpu}", "GFLOP/s");
        string page = $"benchmarks/results/{routine}-{type}.svg";
        File.WriteAllText(page, chart.Render(limit, "multiply-adds on registers", [ours, .. theirs]));
        Console.WriteLine(page);
    }

    private static double SizeOf(BenchRow row) => double.Parse(row.Shape.Split('x')[0], CultureInfo.InvariantCulture);

    private static string NameOf(BenchRow row) =>
        $"{Shorten(row.PeerVersion!)} ({PeerAges.Of(row.PeerVersion!)}), {row.PeerCore} kernels{(row.Flag is null ? "" : ", narrower than ours")}";

    // "OpenBLAS 0.3.21 NO_LAPACKE ...", "Intel(R) Math Kernel Library Version 2020.0.4 Product Build ...", "BLIS 0.9.0".
    private static string Shorten(string version)
    {
        string[] words = version.Replace("Intel(R) Math Kernel Library Version", "MKL", StringComparison.Ordinal).Split(' ');
        return string.Join(' ', words.Take(2));
    }
}
