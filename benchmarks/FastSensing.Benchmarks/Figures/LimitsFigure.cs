using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Kernels.Memory;

namespace FastSensing.Benchmarks.Figures;

/// <summary>The two limits of one core, which the other figures are shares of.</summary>
internal static class LimitsFigure
{
    /// <summary>Passes of one run of the FMA loop: a fraction of a millisecond.</summary>
    public const long FmaIterations = 200_000;

    private const int StreamElements = 1 << 25;

    /// <summary>Measures and prints both limits.</summary>
    /// <param name="output">Where the lines go.</param>
    public static unsafe void Write(TextWriter output)
    {
        using AlignedBuffer<double> data = new(StreamElements);
        data.Span.Fill(1.0);
        long doubleFlops = 0;
        long singleFlops = 0;
        double[][] seconds = Rounds.Time(
            15,
            0.01,
            () => RegisterFmaLimit<double>.Run(FmaIterations, out doubleFlops),
            () => RegisterFmaLimit<float>.Run(FmaIterations, out singleFlops),
            () => StreamReadLimit<double>.Run(data.Pointer, StreamElements));
        output.WriteLine($"{Host.IsaInWords}: register-only FMA {Rate(seconds[0], doubleFlops):F1} GFLOP/s fp64, "
            + $"{Rate(seconds[1], singleFlops):F1} GFLOP/s fp32; stream read {Rate(seconds[2], 8L * StreamElements):F1} GB/s.");
    }

    private static double Rate(double[] seconds, long work) => work / new Sample(seconds).Median / 1e9;
}
