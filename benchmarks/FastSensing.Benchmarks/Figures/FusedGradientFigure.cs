using System.Globalization;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Surroundings;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Benchmarks.Figures;

/// <summary>
/// The whole gradient of a dense operator in one pass over A, against the two passes (forward, adjoint) as two dgemv
/// calls of OpenBLAS on the same numbers. Ours also forms L R^T, subtracts y, and multiplies by the factors.
/// </summary>
internal static class FusedGradientFigure
{
    /// <summary>Heads of the columns of <see cref="Write"/>.</summary>
    public const string Head = """
        | ISA | OpenBLAS kernels | two dgemv ms | fused ms | ratio, median | 95 % interval | fused GB/s | stream read GB/s |
        |---|---|---|---|---|---|---|---|
        """;

    private const int N = 100;
    private const int Measurements = 3000;
    private const int Width = 5;
    private const int RoundCount = 41;

    /// <summary>Measures and prints one row, or the reason why there is none.</summary>
    /// <param name="core">The OpenBLAS core type to measure against.</param>
    /// <param name="output">Where the row goes.</param>
    public static unsafe void Write(string core, TextWriter output)
    {
        NativeEnvironment.Set(BenchEnvironment.OpenBlasCore, core);
        Peer<double> peer;
        try
        {
            peer = new NativePeers().Load<double>("openblas", "gemv", threads: 1);
        }
        catch (ToolException absent)
        {
            output.WriteLine($"Nothing was measured: {absent.Message}");
            return;
        }

        const int Length = N * N;
        using AlignedBuffer<double> a = TestData.Random<double>(Measurements * Length, 1);
        using AlignedBuffer<double> x = TestData.Random<double>(Length, 2);
        using AlignedBuffer<double> y = TestData.Random<double>(Measurements, 3);
        using AlignedBuffer<double> gradient = new(Length);
        using AlignedBuffer<double> forward = new(Measurements);
        using DenseOperator<double> op = DenseOperator<double>.FromRows(new ManagedBlas<double>(), N, N, Measurements, a.Span);
        using FactorWork<double> work = new(op, Width);

        double[][] seconds = Rounds.Time(
            RoundCount,
            0.0,
            () =>
            {
                peer.Blas.Gemv(1.0, a.Matrix(Measurements, Length), x.Span, 0.0, forward.Span);
                peer.Blas.Gemv(1.0, a.Matrix(Measurements, Length).Transpose(), forward.Span, 0.0, gradient.Span);
            },
            () => work.LossAndGradient(y.Span),
            () => StreamReadLimit<double>.Run(a.Pointer, a.Length));
        Sample ratio = new(seconds[0].Zip(seconds[1], (two, fused) => two / fused));
        double bytes = 8.0 * Length * Measurements;
        (double low, double high) = ratio.MedianInterval();
        string kernels = peer.Description.Core == core ? core : $"{peer.Description.Core}, WRONG: {core} was asked for";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Host.IsaInWords} | {kernels} | {1e3 * new Sample(seconds[0]).Median:F1} | {1e3 * new Sample(seconds[1]).Median:F1} "
            + $"| {ratio.Median:F2} | {low:F2} .. {high:F2} | {bytes / new Sample(seconds[1]).Median / 1e9:F1} "
            + $"| {bytes / new Sample(seconds[2]).Median / 1e9:F1} |"));
        Console.Error.WriteLine(peer.Description.Version);
    }
}
