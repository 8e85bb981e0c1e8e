using FastSensing.Diagnostics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// How fast the symmetric methods are, over the factor width and over the condition number: as given, 50 x 50 of rank 3 with
/// A = Id; and compressed, of rank 2, medians over ten seeds. Where the papers have no number for compressed sensing, the
/// one measured here stands beside what theory allows.
/// </summary>
public sealed class PaperChecksRates(ITestOutputHelper output)
{
    private const double Step = 0.2;
    private const int Measurements = 170;

    /// <summary>
    /// More columns than the rank: ||X - M||_F^2 falls like (k - r) / (2 eta t)^2. Compressed, A* A takes as little as
    /// (1 - sqrt(d / m))^2 off superfluous columns, d the degrees of freedom at the width: that much later, squared.
    /// </summary>
    [Theory]
    [InlineData(false, 5, 30_000, -2, 1)]
    [InlineData(false, 10, 30_000, -2, 1)]
    [InlineData(true, 3, 12_000, -1.87, 17.3)]
    public void C1_SymmetricOverParameterised_ErrorFallsLikeOneOverTimeSquared(bool sensed, int width, int last, double slope, double delay)
    {
        int[] times = [.. Enumerable.Range(0, 21).Select(i => (int)Math.Round(0.1 * last * Math.Pow(10, i / 20.0)))];
        (ConvergenceRate Rate, double End)[] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            double[] errors = ErrorsAt(times, Planted(sensed, seed), width, seed);
            return (ConvergenceRate.Fit([.. times.Select(t => (double)t)], errors), errors[^1]);
        })];
        double law = (width - (sensed ? 2 : 3)) / Math.Pow(2 * Step * last, 2);
        double power = PaperRuns.Median(runs.Select(run => run.Rate.PowerSlope));
        double end = PaperRuns.Median(runs.Select(run => run.End)) / law;
        Facts(Planted(sensed, 1), sensed);
        output.WriteLine($"C1, width {width}: log-log slope {power:f3}; {end:f3} times the law at t = {last}");
        Assert.All(runs, run => Assert.Equal(RateLaw.Sublinear, run.Rate.Law));
        Assert.InRange(power, slope - 0.05, slope + 0.05);
        if (sensed)
        {
            Assert.InRange(end, 1, 1 / Math.Pow(SmallestEigenvalue(width), 2));
        }

        double within = sensed ? 0.3 : 0.05;
        Assert.InRange(end / delay, 1 - within, 1 + within);
    }

    /// <summary>
    /// Width = rank: linear, ||X - M||_F^2 ~ (1 - eta sigma_r)^2t for A = Id, 1e-28 by t = 300. Compressed it is linear as well,
    /// at a pace that A* A slows by no more than its smallest eigenvalue.
    /// </summary>
    [Theory]
    [InlineData(false, 300, 1)]
    [InlineData(true, 1200, 0.275)]
    public void C2_SymmetricExactRank_ConvergesLinearly(bool sensed, int last, double pace)
    {
        (double Slope, double End)[] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(sensed, seed);
            using SymmetricGradientDescent<double> method = Descent(planted, sensed ? 2 : 3, seed);
            double[] errors = PaperRuns.SquaredErrors(method, planted, last);
            int[] times = [.. Enumerable.Range(0, 16).Select(i => (last / 4) + (last / 40 * i))];
            ConvergenceRate rate = ConvergenceRate.Fit([.. times.Select(t => (double)t)], [.. times.Select(t => errors[t])]);
            Assert.Equal(RateLaw.Linear, rate.Law);
            return (rate.LinearSlope / (2 * Math.Log(1 - (Step * (sensed ? 0.7 : 0.6)))), errors[^1]);
        })];
        double slope = PaperRuns.Median(runs.Select(run => run.Slope));
        double end = PaperRuns.Median(runs.Select(run => run.End));
        Facts(Planted(sensed, 1), sensed);
        output.WriteLine($"C2: slope {slope:f3} of the law; {end:e1} at t = {last}");
        Assert.InRange(slope, sensed ? SmallestEigenvalue(2) : 0.95, 1.05);
        Assert.InRange(slope / pace, 0.8, 1.25);
        Assert.True(end <= 1e-28);
    }

    /// <summary>
    /// Gradient descent needs four times the iterations to 1e-4 when the condition number of the factor doubles: 20 % more or
    /// less. Compressed, once that outweighs the phase of alignment: from 4 on.
    /// </summary>
    [Theory]
    [InlineData(false, 5, new[] { 2.0, 4, 8, 16 }, new[] { 245.0, 899, 3289, 11_955 })]
    [InlineData(true, 3, new[] { 4.0, 8, 16 }, new[] { 1030.0, 3360, 11_000 })]
    public void C9_GradientDescent_IterationsGrowWithTheSquaredConditionNumber(bool sensed, int width, double[] conditions, double[] seen)
    {
        double[] iterations = Medians(conditions, 1e-4, (seed, condition) => Planted(sensed, seed, condition), (problem, _, seed) =>
            new SymmetricGradientDescent<double>(problem, new MethodOptions { Width = width, StepSize = 0.5, InitialScale = 1e-12, Seed = seed }));
        Facts(Planted(sensed, 1), sensed);
        output.WriteLine($"C9: {string.Join(" / ", iterations)} iterations to 1e-4 at condition {string.Join(" / ", conditions)} of the factor");
        AssertNear(seen, iterations);
        Assert.All(iterations.Skip(1).Zip(iterations), pair => Assert.InRange(pair.First / pair.Second, 3.2, 4.8));
    }

    /// <summary>ScaledGD(lambda) with lambda = sigma_r / 2 needs no more iterations when the condition number of the factor grows.</summary>
    [Fact]
    public void C10_DampedScaledGradientDescent_IterationsDoNotGrowWithTheConditionNumber()
    {
        double[] iterations = Damped((seed, condition) => Planted(sensed: false, seed, condition), 5, 1e-8, [1, 3, 10, 30, 100, 300, 1000]);
        Assert.True(iterations.Max() <= 1.1 * iterations[0]);
        AssertNear([98, 91, 83, 77, 68, 39, 34], iterations);
    }

    /// <summary>
    /// Compressed, at the rank to 1e-8 as above. With superfluous columns only to 1e-3: to keep these small takes
    /// measurements in powers of the condition number, and without them they fade as slowly as in C12.
    /// </summary>
    [Theory]
    [InlineData(2, 1e-8, new[] { 270.0, 170, 170, 155 })]
    [InlineData(5, 1e-3, new[] { 121.0, 106, 113, 117 })]
    public void C10_UnderCompressedSensing_IterationsDoNotGrowWithTheConditionNumber(int width, double error, double[] seen)
    {
        Facts(Sensed40(1, 1), sensed: true);
        double[] iterations = Damped(Sensed40, width, error, [1, 10, 100, 1000]);
        Assert.True(iterations.Max() <= 1.1 * iterations[0]);
        AssertNear(seen, iterations);
    }

    /// <summary>50 x 50 of rank 3 with A = Id, or 24 x 24 of rank 2 from 170 measurements; smallest singular value 0.6 or 0.7.</summary>
    private static PlantedProblem<double> Planted(bool sensed, ulong seed, double? condition = null)
    {
        PlantedOptions options = new()
        {
            Rank = sensed ? 2 : 3,
            ConditionNumber = condition ?? (1 / (sensed ? 0.7 : 0.6)),
            Seed = seed,
            Structure = MatrixStructure.Symmetric,
        };
        return sensed ? SolverSetUps.Gaussian<double>(24, 24, Measurements, options) : SolverSetUps.Population(50, options);
    }

    /// <summary>40 x 40 of rank 2 from 474 measurements.</summary>
    private static PlantedProblem<double> Sensed40(ulong seed, double condition) => SolverSetUps.Gaussian<double>(
        40, 40, 474, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed, Structure = MatrixStructure.Symmetric });

    private static SymmetricGradientDescent<double> Descent(PlantedProblem<double> planted, int width, ulong seed) =>
        new(planted.Problem, new MethodOptions { Width = width, StepSize = new AbsoluteStepSize(Step), InitialScale = 0.5, Seed = seed });

    /// <summary>||X_t - X*||_F^2 at some times.</summary>
    private static double[] ErrorsAt(int[] times, PlantedProblem<double> planted, int width, ulong seed)
    {
        using SymmetricGradientDescent<double> method = Descent(planted, width, seed);
        double squaredNorm = planted.Truth.Elements().Sum(x => x * x);
        method.Initialize();
        return Array.ConvertAll(times, time =>
        {
            while (method.Current.Progress.Iteration < time)
            {
                Assert.Equal(SolveStatus.Running, method.Step());
            }

            double error = MatrixSensing.RecoveryError(method.Current.Left, method.Current.Right, planted.Truth);
            return error * error * squaredNorm;
        });
    }

    /// <summary>1 - sqrt(d / m), squared: about the smallest eigenvalue of A* A on d dimensions, those in which a factor of the width moves.</summary>
    private static double SmallestEigenvalue(int width) =>
        Math.Pow(1 - Math.Sqrt(((24 * width) - (width * (width - 1) / 2.0)) / Measurements), 2);

    /// <summary>Iterations of ScaledGD(lambda), for each condition number of the factor.</summary>
    private double[] Damped(Func<ulong, double, PlantedProblem<double>> plant, int width, double error, double[] conditions)
    {
        double[] iterations = Medians(conditions, error, plant, (problem, kappa, seed) => new DampedScaledGradientDescent<double>(
            problem,
            new MethodOptions { Width = width, StepSize = 0.3, Damping = 0.5 / (kappa * kappa), InitialScale = 1e-12, Seed = seed }));
        output.WriteLine($"C10, width {width}: {string.Join(" / ", iterations)} iterations to {error:e0} at condition {string.Join(" / ", conditions)}");
        return iterations;
    }

    /// <summary>For each condition number of the factor the median of the iterations to an error.</summary>
    private static double[] Medians(
        double[] conditions, double error, Func<ulong, double, PlantedProblem<double>> plant,
        Func<SensingProblem<double>, double, ulong, IIterativeMethod<double>> create) =>
        Array.ConvertAll(conditions, kappa => PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = plant(seed, kappa * kappa);
            using IIterativeMethod<double> method = create(planted.Problem, kappa, seed);
            return PaperRuns.IterationsTo(method, planted, error, 40_000);
        })));

    private static void AssertNear(double[] expected, double[] seen)
    {
        Assert.Equal(expected.Length, seen.Length);
        Assert.All(expected.Zip(seen), pair => Assert.InRange(pair.Second / pair.First, 0.75, 1.25));
    }

    private void Facts(PlantedProblem<double> planted, bool sensed)
    {
        int rank = sensed ? 2 : 3;
        output.WriteLine(PaperRuns.Facts(planted, rank));
        if (sensed)
        {
            PaperRuns.AssertCompressed(planted, rank);
        }
    }
}
