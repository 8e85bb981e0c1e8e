using System.Globalization;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli.Benchmarking;

namespace FastSensing.Benchmarks.Figures;

/// <summary>How many times faster than MathNet.Numerics' managed provider, fp64, both timed in turn: the rows of one table.</summary>
internal static class MathNetFigure
{
    /// <summary>Heads of the columns of <see cref="Write"/>.</summary>
    public const string Head = """
        | what | ours us | MathNet us | ratio, median | 95 % interval | goal |
        |---|---|---|---|---|---|
        """;

    private const int RoundCount = 41;
    private const double SecondsPerTurn = 0.002;

    private static readonly int[] GemmSizes = [32, 100, 200, 256];
    private static readonly int[] PotrfSizes = [32, 100, 256];

    /// <summary>Measures and prints the rows.</summary>
    /// <param name="output">Where the rows go.</param>
    public static void Write(TextWriter output)
    {
        foreach (int n in GemmSizes)
        {
            WriteRow($"Gemm {n} x {n}", backEnd => new GemmBenchmarks<double> { N = n, BackEnd = backEnd }, n == 200 ? 20 : null, output);
        }

        foreach (int n in PotrfSizes)
        {
            WriteRow($"Potrf {n} x {n}", backEnd => new PotrfBenchmarks<double> { N = n, BackEnd = backEnd }, n == 100 ? 8 : null, output);
        }

        StepBenchmarks step = new() { Algorithm = "factorized-gradient-descent" };
        StepReferenceBenchmarks reference = new();
        step.Setup();
        reference.Setup();
        WriteRow("one step of factorised gradient descent, 60 x 60, m = 900", () => step.Step(), reference.MathNet, null, output);
        step.Cleanup();
    }

    private static void WriteRow(string what, Func<string, RoutineBenchmarks<double>> suite, int? goal, TextWriter output)
    {
        RoutineBenchmarks<double> ours = suite("managed");
        RoutineBenchmarks<double> theirs = suite("mathnet");
        ours.Setup();
        theirs.Setup();
        WriteRow(what, ours.Once, theirs.Once, goal, output);
        ours.Cleanup();
    }

    private static void WriteRow(string what, Action ours, Action theirs, int? goal, TextWriter output)
    {
        double[][] seconds = Rounds.Time(RoundCount, SecondsPerTurn, ours, theirs);
        Sample ratio = new(seconds[0].Zip(seconds[1], (o, t) => t / o));
        (double low, double high) = ratio.MedianInterval();
        string verdict = goal is int wanted ? $"{wanted}, {(high >= wanted ? "reached" : "MISSED")}" : "";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {1e6 * new Sample(seconds[0]).Median:F1} | {1e6 * new Sample(seconds[1]).Median:F1} "
            + $"| {ratio.Median:F1} | {low:F1} .. {high:F1} | {verdict} |"));
    }
}
