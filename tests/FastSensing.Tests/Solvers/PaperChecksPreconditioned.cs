using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>What is stated about ScaledGD(lambda) and PrecGD under sensing: n = 40, rank 3, condition number 5 of the factor, eta = 0.3.</summary>
public sealed class PaperChecksPreconditioned(ITestOutputHelper output)
{
    private const double Step = 0.3;
    private const double SmallestValue = 1.0 / 25;

    /// <summary>As given, m = 10 n r: more than the 820 unknowns. Compressed: 4.2 degrees of freedom.</summary>
    private const int AsGiven = 1200;
    private const int Compressed = 490;

    /// <summary>
    /// lambda = sigma_r / 20: the error gets stuck on a plateau sqrt(k - r) lambda / (2 eta t), which halves only when t
    /// doubles. With few measurements A* A takes as little as (1 - sqrt(d / m))^2 off superfluous columns, d the degrees of
    /// freedom at the width, and the plateau is the higher: as given the reference saw 1.95 times the law, compressed 4.7
    /// times it have been measured here.
    /// </summary>
    [Theory]
    [InlineData(AsGiven, 400, 1, 1.95)]
    [InlineData(Compressed, 800, 0.142, 4.7)]
    public void C12_ScaledGDLambda_WithTooLittleDamping_GetsStuckOnItsPlateau(int measurements, int iterations, double least, double seen)
    {
        double lambda = SmallestValue / 20;
        (double Half, double Full)[] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, seed);
            using DampedScaledGradientDescent<double> method = new(planted.Problem, Options(5, seed) with { Damping = lambda, InitialScale = 1e-6 });
            double[] errors = PaperRuns.SquaredErrors(method, planted, iterations);
            return (Math.Sqrt(errors[iterations / 2]), Math.Sqrt(errors[iterations]));
        })];
        double law = Math.Sqrt(5 - 3) * lambda / (2 * Step * iterations);
        double end = PaperRuns.Median(runs.Select(run => run.Full));
        double ratio = PaperRuns.Median(runs.Select(run => run.Half / run.Full));
        Facts(measurements);
        output.WriteLine($"C12: median error {end:e2} after {iterations}, law {law:e2}; after half of them {ratio:f2} times as much");
        Assert.InRange(end / law, 1.0 / 3, 3 / least);
        Assert.InRange(end / law / seen, 0.75, 1.3);
        Assert.InRange(ratio, 1.6, 2.6);
    }

    /// <summary>
    /// With noise the error is that of statistics at the true rank, sigma sqrt(n r / m), whatever the width; compressed, it
    /// takes longer until superfluous columns have faded below the least noise.
    /// </summary>
    [Theory]
    [InlineData(AsGiven, 150, 1e-1)]
    [InlineData(AsGiven, 150, 1e-2)]
    [InlineData(AsGiven, 150, 1e-3)]
    [InlineData(Compressed, 600, 1e-1)]
    [InlineData(Compressed, 600, 1e-2)]
    [InlineData(Compressed, 600, 1e-3)]
    public void C13_ScaledGDLambda_WithNoise_EndsAtTheStatisticalError(int measurements, int iterations, double sigma)
    {
        double deviation = sigma / Math.Sqrt(measurements);
        double statistical = deviation * Math.Sqrt(40 * 3);
        double[] errors = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, seed, deviation);
            using DampedScaledGradientDescent<double> method = new(
                planted.Problem, Options(5, seed) with { Damping = 0.5 * SmallestValue, InitialScale = 1e-10 });
            return PaperRuns.ErrorAfter(method, planted, iterations) * Norm;
        })];
        Facts(measurements);
        output.WriteLine($"C13: sigma = {sigma}: error / statistical error, median {PaperRuns.Median(errors) / statistical:f2}");
        Assert.InRange(PaperRuns.Median(errors) / statistical, 0.7, 2.5);
    }

    /// <summary>
    /// PrecGD from a spectral start pays for every column; at the rank it and ScaledGD(lambda) are within 40 %. As given the
    /// numbers are those of the reference; compressed those measured here, and 20 columns do not get there.
    /// </summary>
    [Theory]
    [InlineData(AsGiven, new[] { 74.0, 87, 142, 219 })]
    [InlineData(Compressed, new[] { 128.0, 207, 1060 })]
    public void C14_PrecGD_IterationsGrowWithTheWidth(int measurements, double[] expected)
    {
        double[] iterations = [.. new[] { 3, 5, 10, 20 }.Select(width => PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, seed);
            using DampedScaledGradientDescent<double> method = DampedScaledGradientDescent<double>.PrecGD(planted.Problem, Options(width, seed));
            return PaperRuns.IterationsTo(method, planted, 1e-6, 1200);
        })))];
        double small = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, seed);
            using DampedScaledGradientDescent<double> method = new(
                planted.Problem, Options(3, seed) with { Damping = 0.5 * SmallestValue, InitialScale = 1e-6 });
            return PaperRuns.IterationsTo(method, planted, 1e-6, 1200);
        }));
        Facts(measurements);
        output.WriteLine($"C14: PrecGD, widths 3, 5, 10, 20: {string.Join(" / ", iterations)}; ScaledGD(lambda) at the rank: {small}");
        Assert.True(iterations[0] < iterations[1] && iterations[1] < iterations[2] && iterations[2] < iterations[3]);
        Assert.All(expected.Zip(iterations), pair => Assert.InRange(pair.Second / pair.First, 0.75, 1.25));
        Assert.InRange(iterations[0] / small, 1 / 1.4, 1.4);
    }

    /// <summary>||X*||_F for singular values 1, 0.52, 0.04.</summary>
    private static double Norm => Math.Sqrt(1 + (0.52 * 0.52) + (0.04 * 0.04));

    private static PlantedProblem<double> Planted(int measurements, ulong seed, double noise = 0) =>
        SolverSetUps.Gaussian<double>(40, 40, measurements, new PlantedOptions
        {
            Rank = 3,
            ConditionNumber = 25,
            Seed = seed,
            Structure = MatrixStructure.Symmetric,
            NoiseStandardDeviation = noise,
        });

    private static MethodOptions Options(int width, ulong seed) => new() { Width = width, StepSize = Step, Seed = seed };

    private void Facts(int measurements)
    {
        PlantedProblem<double> planted = Planted(measurements, 1);
        output.WriteLine(PaperRuns.Facts(planted, 3));
        if (measurements == Compressed)
        {
            PaperRuns.AssertCompressed(planted, 3);
        }
    }
}
