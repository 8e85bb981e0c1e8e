using System.Globalization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Iterations on the common benchmark, 30 x 25 of rank 2 from 636 Gaussian measurements (six times the degrees of
/// freedom), to relative errors of 1e-3, 1e-6 and 1e-10: medians over ten seeds within 25 % of those of an independent
/// implementation. As 636 are 85 % of the unknowns, once more with 450, 60 %.
/// </summary>
public sealed class PaperChecksTable(ITestOutputHelper output)
{
    private const int AsGiven = 636;
    private const int Compressed = 450;

    public static TheoryData<string> Labels => [.. BenchmarkRow.All.Select(row => row.Label)];

    [Theory]
    [MemberData(nameof(Labels))]
    public void Table_NeedsTheIterationsOfTheReference(string label)
    {
        BenchmarkRow row = BenchmarkRow.All.Single(candidate => candidate.Label == label);
        output.WriteLine(PaperRuns.Facts(Planted(AsGiven, 1, 1), 2));
        AssertNear(row.Well, Medians(row, AsGiven, 1, row.Errors, row.Limit));
        AssertNear(row.Ill, Medians(row, AsGiven, 100, row.Errors, row.Limit));
    }

    /// <summary>
    /// From few measurements the numbers are those measured with this library. What theory says of them: the condition
    /// number costs gradient descent a power of itself, and the others next to nothing, whether they get to 1e-10 or not.
    /// </summary>
    [Theory]
    [MemberData(nameof(Labels))]
    public void Table_Compressed_NeedsTheIterationsMeasured(string label)
    {
        BenchmarkRow row = BenchmarkRow.All.Single(candidate => candidate.Label == label);
        PaperRuns.AssertCompressed(Planted(Compressed, 1, 1), 2);
        output.WriteLine(PaperRuns.Facts(Planted(Compressed, 1, 1), 2));
        double[] well = Medians(row, Compressed, 1, BenchmarkRow.CompressedErrors, row.CompressedLimit);
        double[] ill = Medians(row, Compressed, 100, BenchmarkRow.CompressedErrors, row.CompressedLimit);
        AssertNear(row.Compressed.Well, well);
        AssertNear(row.Compressed.Ill, ill);
        if (row.Name == "factorized-gradient-descent")
        {
            Assert.True(ill[0] >= 10 * well[0]);
        }
        else
        {
            Assert.All(well.Zip(ill), pair => Assert.True(pair.Second <= (1.3 * pair.First) + 6));
        }
    }

    /// <summary>
    /// GNMR at three measurements for two degrees of freedom, condition number 10. A run ends anywhere between 8 steps and never,
    /// so the median is over 120 seeds. The reference's 13 to 14 are of the updating variant; a program with dense
    /// least squares needed 15 for it (120 seeds), and 17 for the setting one.
    /// </summary>
    [Theory]
    [InlineData("gauss-newton-matrix-recovery", 13.5)]
    [InlineData("gauss-newton-matrix-recovery-setting", 17)]
    public void Table_GaussNewtonAtThreeMeasurementsForTwoDegreesOfFreedom_NeedsTheIterationsOfTheReference(string name, double expected)
    {
        double median = PaperRuns.Median(Enumerable.Range(1, 120).Select(seed =>
        {
            PlantedProblem<double> planted = Planted(159, 10, (ulong)seed);
            using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(planted.Problem.WithRank(2), null);
            return PaperRuns.IterationsTo(method, planted, 1e-14, 25);
        }));
        output.WriteLine(PaperRuns.Facts(Planted(159, 10, 1), 2));
        output.WriteLine($"{name}: {median} iterations to 1e-14");
        Assert.InRange(median / expected, 0.75, 1.25);
    }

    /// <summary>What needs no rank and no method at all is far off in either: by sqrt(1 - m / unknowns) on average.</summary>
    [Theory]
    [InlineData(AsGiven)]
    [InlineData(Compressed)]
    public void Table_IsNotSolvedByTheSolutionOfLeastNorm(int measurements)
    {
        double error = PaperRuns.Median(PaperRuns.Seeds.Select(seed => PaperRuns.MinimumNormError(Planted(measurements, 1, seed))));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"m = {measurements}: error of least norm {error:f2}"));
        Assert.InRange(error / Math.Sqrt(1 - (measurements / 750.0)), 0.9, 1.1);
    }

    private static PlantedProblem<double> Planted(int measurements, double condition, ulong seed) =>
        SolverSetUps.Gaussian<double>(30, 25, measurements, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed });

    /// <summary>Within 25 %; null for never.</summary>
    private static void AssertNear(int?[] expected, double[] seen)
    {
        Assert.Equal(expected.Length, seen.Length);
        Assert.All(expected.Zip(seen), pair => Assert.True(
            pair.First is { } wanted ? Math.Abs(pair.Second - wanted) <= 0.25 * wanted : double.IsPositiveInfinity(pair.Second),
            $"{string.Join("/", seen)} against {string.Join("/", expected)}"));
    }

    private double[] Medians(BenchmarkRow row, int measurements, double condition, double[] errors, int limit)
    {
        double[][] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(measurements, condition, seed);
            using IIterativeMethod<double> method = SolverSetUps.Describe<double>(row.Name).Create(planted.Problem.WithRank(2), row.Options with { Seed = seed });
            double squaredNorm = planted.Truth.Elements().Sum(x => x * x);
            double[] seen = PaperRuns.SquaredErrors(method, planted, limit, errors[^1] * errors[^1] * squaredNorm);
            return Array.ConvertAll(errors, error => Array.FindIndex(seen, value => value <= error * error * squaredNorm) is >= 0 and int first ? first : double.PositiveInfinity);
        })];
        double[] medians = [.. errors.Select((_, column) => PaperRuns.Median(runs.Select(run => run[column])))];
        output.WriteLine($"{row.Label}, condition number {condition}: {string.Join(" / ", medians)}");
        return medians;
    }
}
