using FastSensing.Initialization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Iterations to 1e-3, 1e-6 and 1e-10 on 30 x 25 of rank 2 from 636 measurements, against those of independent programs of the
/// same methods, within 25 % (medians over ten seeds); and the same compressed, from 450.
/// </summary>
public sealed class PaperTableFactorMethods(ITestOutputHelper output)
{
    private static readonly double[] Levels = [1e-3, 1e-6, 1e-10];

    [Fact]
    public void FactorizedGradientDescent_SpectralAtTheRank() => Check(
        problem => new FactorizedGradientDescent<double>(
            problem, new MethodOptions { Width = 2, StepSize = new AbsoluteStepSize(0.5), Start = FactorStart.Spectral }),
        2, 0, [20, 51, 93], [1750]);

    [Fact]
    public void ScaledGradientDescent_SpectralAtTheRank() => Check(
        problem => new ScaledGradientDescent<double>(problem, new MethodOptions { Width = 2, StepSize = 0.5 }), 2, 0, [20, 50, 93], [21, 50, 92]);

    [Fact]
    public void AlternatingScaledGradientDescent_RandomAtTheRank() => Check(
        problem => new ApproximatedGaussNewton<double>(problem, new MethodOptions { Width = 2, StepSize = 0.5 }), 2, 0.1, [25, 54, 94], [25, 53, 94]);

    [Fact]
    public void ApproximatedGaussNewton_RandomAtThreeTimesTheRank() => Check(
        problem => new ApproximatedGaussNewton<double>(problem, new MethodOptions { Width = 6, StepSize = 0.5 }),
        6, 0.1, [54, 141, 278], [58, 146, 285]);

    [Fact]
    public void FactorizedGradientDescent_SmallAtThreeTimesTheRank() => Check(
        problem => new FactorizedGradientDescent<double>(problem, new MethodOptions { Width = 6, StepSize = new AbsoluteStepSize(0.4) }),
        6, 1e-4, [60], [1845]);

    [Fact]
    public void DampedScaledGradientDescent_RandomAtThreeTimesTheRank() => Check(
        problem => new AsymmetricDampedScaledGradientDescent<double>(problem, new MethodOptions { Width = 6, StepSize = 0.3, Damping = 1e-2 }),
        6, 0.1, [185], [181]);

    /// <param name="create">The method of a row.</param>
    /// <param name="width">Its factor width.</param>
    /// <param name="deviation">Of the normal entries of the start, or 0 for the method's own.</param>
    /// <param name="atOne">Iterations at condition 1, as many as the program reached.</param>
    /// <param name="atHundred">The same at condition 100.</param>
    private void Check(Func<SensingProblem<double>, IIterativeMethod<double>> create, int width, double deviation, double[] atOne, double[] atHundred)
    {
        output.WriteLine(PaperRuns.Facts(Planted(636, 100, 1), 2));
        foreach ((double condition, double[] expected) in new[] { (1.0, atOne), (100.0, atHundred) })
        {
            double[] medians = Medians(create, width, deviation, 636, condition, expected.Length);
            output.WriteLine($"condition {condition}: {string.Join(" / ", medians)}, expected {string.Join(" / ", expected)}");
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.InRange(medians[i] / expected[i], 0.75, 1.25);
            }
        }

        PaperRuns.AssertCompressed(Planted(450, 100, 1), 2);
        output.WriteLine(PaperRuns.Facts(Planted(450, 100, 1), 2));
        double[] compressed = Medians(create, width, deviation, 450, 1, atOne.Length);
        output.WriteLine($"condition 1: {string.Join(" / ", compressed)}");
        Assert.All(compressed, iterations => Assert.True(double.IsFinite(iterations)));
    }

    private static double[] Medians(
        Func<SensingProblem<double>, IIterativeMethod<double>> create, int width, double deviation, int measurements, double condition, int levels)
    {
        double[][] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, condition, seed);
            using IIterativeMethod<double> method = create(planted.Problem);
            if (deviation > 0)
            {
                double[] left = Start(30 * width, deviation, seed + 1000);
                double[] right = Start(25 * width, deviation, seed + 2000);
                method.InitializeAt(left.AsMatrix(30), right.AsMatrix(25));
            }

            double squaredNorm = planted.Truth.Elements().Sum(x => x * x);
            double least = Levels[levels - 1];
            double[] errors = PaperRuns.SquaredErrors(method, planted, 3000, least * least * squaredNorm);
            return Levels[..levels].Select(level => First(errors, level * level * squaredNorm)).ToArray();
        })];
        return [.. Enumerable.Range(0, levels).Select(i => PaperRuns.Median(runs.Select(run => run[i])))];
    }

    private static double First(double[] errors, double least)
    {
        int first = Array.FindIndex(errors, error => error < least);
        return first < 0 ? double.PositiveInfinity : first;
    }

    private static double[] Start(int count, double deviation, ulong seed) =>
        Array.ConvertAll(SolverSetUps.Normals<double>(count, seed), value => deviation * value);

    private static PlantedProblem<double> Planted(int measurements, double condition, ulong seed) =>
        SolverSetUps.Gaussian<double>(30, 25, measurements, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed });
}
