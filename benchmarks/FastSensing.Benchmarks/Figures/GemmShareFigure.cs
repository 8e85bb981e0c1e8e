using System.Globalization;
using System.Numerics;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Benchmarks.Figures;

/// <summary>Gemm as a share of the register-only FMA loop, both timed in turn: the rows of one table, for fp64 and fp32.</summary>
internal static class GemmShareFigure
{
    /// <summary>Heads of the columns of <see cref="Write"/>.</summary>
    public const string Head = """
        | ISA | type | n | share of the FMA limit, median | quartiles | Gemm GFLOP/s | limit GFLOP/s |
        |---|---|---|---|---|---|---|
        """;

    private const int RoundCount = 41;
    private const double SecondsPerTurn = 0.002;

    private static readonly int[] Sizes = [192, 256, 384, 512, 768, 1000];

    /// <summary>Measures and prints the rows for the instruction set of this process.</summary>
    /// <param name="output">Where the rows go.</param>
    public static void Write(TextWriter output)
    {
        WriteRows<double>("fp64", output);
        WriteRows<float>("fp32", output);
    }

    private static void WriteRows<T>(string type, TextWriter output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ManagedBlas<T> blas = new();
        blas.Prewarm();
        foreach (int n in Sizes)
        {
            using AlignedBuffer<T> a = TestData.Random<T>(n * n, 1);
            using AlignedBuffer<T> b = TestData.Random<T>(n * n, 2);
            using AlignedBuffer<T> c = new(n * n);
            long limitFlops = 0;
            double[][] seconds = Rounds.Time(
                RoundCount,
                SecondsPerTurn,
                () => RegisterFmaLimit<T>.Run(LimitsFigure.FmaIterations, out limitFlops),
                () => blas.Gemm(T.One, a.Matrix(n, n), b.Matrix(n, n), T.Zero, c.Matrix(n, n)));
            double flops = 2.0 * n * n * n;
            Sample limit = new(seconds[0].Select(s => limitFlops / s / 1e9));
            Sample rate = new(seconds[1].Select(s => flops / s / 1e9));
            Sample share = new(seconds[0].Zip(seconds[1], (l, g) => flops / g / (limitFlops / l)));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Host.IsaInWords} | {type} | {n} | {share.Median:P1} | {share.LowerQuartile:P1} .. {share.UpperQuartile:P1} | {rate.Median:F1} | {limit.Median:F1} |"));
        }
    }
}
