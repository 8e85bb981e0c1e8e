using System.Globalization;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli.Benchmarking;

namespace FastSensing.Benchmarks.Figures;

/// <summary>How many times faster than MathNet.Numerics' managed provider, fp64, both timed in turn: the rows of one table.</summary>
internal static class MathNetFigure
{
    /// <summary>Heads of the columns of <see cref="Write"/>.</summary>
    public const string Head = """
        | what | ours us | MathNet us | ratio, median | quartiles |
        |---|---|---|---|---|
        """;

    private const int RoundCount = 41;
    private const double SecondsPerTurn = 0.002;

    private static readonly int[] Sizes = [32, 100, 256];

    /// <summary>Measures and prints the rows.</summary>
    /// <param name="output">Where the rows go.</param>
    public static void Write(TextWriter output)
    {
        foreach (int n in Sizes)
        {
            GemmBenchmarks<double> gemm = new() { N = n };
            gemm.Setup();
            WriteRow($"Gemm {n} x {n}", gemm.Managed, gemm.MathNet, output);
            gemm.Cleanup();
        }

        foreach (int n in Sizes)
        {
            PotrfBenchmarks<double> potrf = new() { N = n };
            potrf.Setup();
            WriteRow($"Potrf {n} x {n}", () => potrf.Managed(), () => potrf.MathNet(), output);
            potrf.Cleanup();
        }

        StepBenchmarks step = new() { Algorithm = "factorized-gradient-descent" };
        StepReferenceBenchmarks reference = new();
        step.Setup();
        reference.Setup();
        WriteRow("one step of factorised gradient descent, 60 x 60, m = 900", () => step.Step(), reference.MathNet, output);
        step.Cleanup();
    }

    private static void WriteRow(string what, Action ours, Action theirs, TextWriter output)
    {
        double[][] seconds = Rounds.Time(RoundCount, SecondsPerTurn, ours, theirs);
        Sample ratio = new(seconds[0].Zip(seconds[1], (o, t) => t / o));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {1e6 * new Sample(seconds[0]).Median:F1} | {1e6 * new Sample(seconds[1]).Median:F1} "
            + $"| {ratio.Median:F1} | {ratio.LowerQuartile:F1} .. {ratio.UpperQuartile:F1} |"));
    }
}
