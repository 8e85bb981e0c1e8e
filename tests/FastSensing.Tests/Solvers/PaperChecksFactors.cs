using FastSensing.Initialization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>What is stated about plain descent on factors: errors as powers of the initial scale, where it is linear and where not.</summary>
public sealed class PaperChecksFactors(ITestOutputHelper output)
{
    private const double Step = 0.2;

    /// <summary>
    /// D_(t+1) = D_t + mu^2 (R^T G^T G R - L^T G G^T L) for D = L^T L - R^T R, so D is conserved as mu goes to 0: it rises
    /// from alpha^2 to a plateau that halves with mu. Width 8 for rank 2, 25 x 20, alpha = 1e-4: as given m = 540, compressed 300.
    /// </summary>
    [Theory]
    [InlineData(540)]
    [InlineData(300)]
    public void C6_ImbalanceOfFactorizedGradientDescent_FollowsItsIdentityAndHalvesWithTheStep(int measurements)
    {
        double[][] plateaus = [.. PaperRuns.Seeds.Select(seed => new[] { 0.4, 0.2, 0.1 }.Select(mu => Plateau(Rectangular(measurements, seed), mu, seed)).ToArray())];
        double first = PaperRuns.Median(plateaus.Select(plateau => plateau[0] / plateau[1]));
        double second = PaperRuns.Median(plateaus.Select(plateau => plateau[1] / plateau[2]));
        Facts(Rectangular(measurements, 1), 540);
        output.WriteLine(
            $"C6: plateaus {string.Join(" / ", Enumerable.Range(0, 3).Select(i => $"{PaperRuns.Median(plateaus.Select(plateau => plateau[i])):e2}"))}, ratios {first:f2} and {second:f2}");
        Assert.InRange(first, 1.6, 2.5);
        Assert.InRange(second, 1.6, 2.5);
    }

    /// <summary>Width 8 for rank 2, 25 x 20, mu = 0.1, 1500 steps, entries N(0, alpha^2): as given m = 344, compressed 300.</summary>
    [Theory]
    [InlineData(344)]
    [InlineData(300)]
    public void C7_SmallStart_ErrorIsAPowerOfTheInitialScale(int measurements)
    {
        double[] alphas = [1e-2, 1e-4, 1e-6, 1e-8];
        double[] errors = [.. alphas.Select(alpha => FinalError(measurements, alpha))];
        double slope = PaperRuns.Slope([.. alphas[1..].Select(alpha => Math.Log(alpha))], [.. errors[1..].Select(error => Math.Log(error))]);
        Facts(Rectangular(measurements, 1), 344);
        output.WriteLine($"C7: {string.Join(" / ", errors.Select(error => $"{error:e1}"))}, slope {slope:f2}");
        Assert.True(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] > errors[3]);
        Assert.True(slope > 0.4);
    }

    /// <summary>Fewer measurements than numbers in the factors, 360: from a start small enough the error is below 1e-4 all the same.</summary>
    [Theory]
    [InlineData(344)]
    [InlineData(300)]
    public void C8_SmallStart_GeneralisesFromFewerMeasurementsThanParameters(int measurements)
    {
        double error = FinalError(measurements, 1e-8);
        Facts(Rectangular(measurements, 1), 344);
        output.WriteLine($"C8: {error:e1} from {measurements} measurements of {8 * (25 + 20)} parameters");
        Assert.True(measurements < 8 * (25 + 20));
        Assert.True(error < 1e-4);
    }

    /// <summary>Asymmetric, width = rank, A = Id: log ||X - M||_F^2 falls by 2 ln(1 - eta sigma_r) a step.</summary>
    [Fact]
    public void C23_AsymmetricExactRank_PaceIsThatOfTheSmallestSingularValue()
    {
        double law = 2 * Math.Log(1 - (Step * 0.6));
        foreach (double alpha in new[] { 0.05, 0.1, 0.2 })
        {
            double slope = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
            {
                PlantedProblem<double> planted = PaperChecksImbalance.Square50(seed);
                using FactorizedGradientDescent<double> method = PaperChecksImbalance.Unbalanced(planted.Problem, 3, alpha, seed);
                return PaperRuns.Slope(PaperRuns.SquaredErrors(method, planted, 2000, 1e-24), 1e-14, 1e-24);
            }));
            output.WriteLine($"C23, alpha = {alpha}: slope {slope:f4}, law {law:f4}");
            Assert.InRange(slope / law, 0.95, 1.05);
        }
    }

    /// <summary>Compressed: linear as well, at a pace that A* A slows by no more than its smallest eigenvalue, (1 - sqrt(d / m))^2.</summary>
    [Fact]
    public void C23_UnderCompressedSensing_IsLinear()
    {
        PlantedProblem<double> facts = PaperChecksImbalance.Sensed24(345, 1);
        PaperRuns.AssertCompressed(facts, 2);
        output.WriteLine(PaperRuns.Facts(facts, 2));
        double slope = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = PaperChecksImbalance.Sensed24(345, seed);
            using FactorizedGradientDescent<double> method = PaperChecksImbalance.Unbalanced(planted.Problem, 2, 0.1, seed);
            return PaperRuns.Slope(PaperRuns.SquaredErrors(method, planted, 4000, 1e-24), 1e-14, 1e-24);
        }));
        double law = 2 * Math.Log(1 - (Step * 0.7));
        output.WriteLine($"C23, m = 345: slope {slope:f4}, for A = Id {law:f4}");
        Assert.InRange(slope / law, Math.Pow(1 - Math.Sqrt(92.0 / 345), 2), 1.05);
    }

    /// <summary>Symmetric, more columns than the rank, the superfluous ones zero: they stay zero, and it is linear. A = Id and compressed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C24_SymmetricWithZeroColumns_IsLinear(bool sensed)
    {
        (double Slope, double LogLog)[] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Symmetric(sensed, seed);
            using SymmetricGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = 4, StepSize = new AbsoluteStepSize(Step) });
            double[] start = SolverSetUps.Normals<double>(24 * 4, seed);
            for (int i = 0; i < start.Length; i++)
            {
                start[i] = i % 4 < 2 ? start[i] * 0.5 / Math.Sqrt(24) : 0;
            }

            method.InitializeAt(start.AsMatrix(24), start.AsMatrix(24));
            double slope = PaperRuns.Slope(PaperRuns.SquaredErrors(method, planted, 2000, 1e-24), 1e-14, 1e-24);
            for (int i = 0; i < 24; i++)
            {
                Assert.Equal((0.0, 0.0), (method.Current.Left[i, 2], method.Current.Left[i, 3]));
            }

            using SymmetricGradientDescent<double> full = new(
                planted.Problem, new MethodOptions { Width = 4, StepSize = new AbsoluteStepSize(Step), InitialScale = 0.5, Seed = seed });
            return (slope, PaperRuns.LogLogSlope(PaperRuns.SquaredErrors(full, planted, 3000), 1000, 3000));
        })];
        double pace = PaperRuns.Median(runs.Select(run => run.Slope));
        output.WriteLine(PaperRuns.Facts(Symmetric(sensed, 1), 2));
        output.WriteLine($"C24: slope {pace:f4} a step, for A = Id {2 * Math.Log(1 - (Step * 0.7)):f4}; all columns filled: log-log slope {PaperRuns.Median(runs.Select(run => run.LogLog)):f2}");
        Assert.InRange(pace / (2 * Math.Log(1 - (Step * 0.7))), sensed ? Math.Pow(1 - Math.Sqrt(47.0 / 170), 2) : 0.95, 1.05);
        Assert.InRange(PaperRuns.Median(runs.Select(run => run.LogLog)), -2.2, -1.5);
    }

    /// <summary>Asymmetric, more columns than the rank: linear, unless a balancing term takes the imbalance away.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C25_BalancingTerm_TakesTheLinearRateAway(bool sensed)
    {
        int width = sensed ? 4 : 5;
        (double Balanced, double Plain)[] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Square(sensed, seed);
            using BalancedGradientDescent<double> balanced = new(planted.Problem, new MethodOptions
            {
                Width = width,
                StepSize = new AbsoluteStepSize(Step),
                Start = FactorStart.Random,
                InitialScale = 0.7,
                InitialRatio = 1.0 / 3,
                Seed = seed,
            });
            using FactorizedGradientDescent<double> plain = PaperChecksImbalance.Unbalanced(planted.Problem, width, 0.7, seed);
            double slope = PaperRuns.LogLogSlope(PaperRuns.SquaredErrors(balanced, planted, 6000), 1000, 6000);
            return (slope, PaperRuns.SquaredErrors(plain, planted, 6000, 1e-16).Length - 1.0);
        })];
        double median = PaperRuns.Median(runs.Select(run => run.Balanced));
        output.WriteLine(PaperRuns.Facts(Square(sensed, 1), sensed ? 2 : 3));
        output.WriteLine($"C25: log-log slope with the term {median:f3}; without it 1e-16 after {PaperRuns.Median(runs.Select(run => run.Plain))}");
        Assert.InRange(median, -2.2, -1.6);
        Assert.All(runs, run => Assert.True(run.Plain < 6000));
    }

    private static PlantedProblem<double> Rectangular(int measurements, ulong seed) =>
        SolverSetUps.Gaussian<double>(25, 20, measurements, new PlantedOptions { Rank = 2, ConditionNumber = 1 / 0.7, Seed = seed });

    private static PlantedProblem<double> Square(bool sensed, ulong seed) =>
        sensed ? PaperChecksImbalance.Sensed24(345, seed) : PaperChecksImbalance.Square50(seed);

    private static PlantedProblem<double> Symmetric(bool sensed, ulong seed)
    {
        PlantedOptions options = new() { Rank = 2, ConditionNumber = 1 / 0.7, Seed = seed, Structure = MatrixStructure.Symmetric };
        return sensed ? SolverSetUps.Gaussian<double>(24, 24, 170, options) : SolverSetUps.Population(24, options);
    }

    private static double FinalError(int measurements, double alpha) => PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
    {
        PlantedProblem<double> planted = Rectangular(measurements, seed);
        using FactorizedGradientDescent<double> method = OfWidth8(planted, 0.1, alpha, seed);
        return PaperRuns.ErrorAfter(method, planted, 1500);
    }));

    /// <summary>||L^T L - R^T R||_2 where it has stopped rising.</summary>
    private static double Plateau(PlantedProblem<double> planted, double mu, ulong seed)
    {
        using FactorizedGradientDescent<double> method = OfWidth8(planted, mu, 1e-4, seed);
        ImbalanceIdentity identity = new(planted.Problem, 8) { StepSize = mu };
        int iterations = (int)Math.Round(40 / mu);
        Solver.Run(method, new StopAfterIterations(iterations), new RunOptions<double> { Observer = identity });
        Assert.Equal(iterations + 1, identity.Norms.Count);
        Assert.True(identity.WorstViolation <= 1e-13, $"mu = {mu}: the identity is off by {identity.WorstViolation:e2} (||L||^2 + ||R||^2)");
        Assert.InRange(identity.Norms[0], 1e-7, 1e-6);
        Assert.InRange(identity.Norms[^1] / identity.Norms[iterations * 3 / 4], 0.98, 1.02);
        return identity.Norms[^1];
    }

    /// <summary>Factors of 25 x 8 and 20 x 8 numbers N(0, alpha^2).</summary>
    private static FactorizedGradientDescent<double> OfWidth8(PlantedProblem<double> planted, double mu, double alpha, ulong seed)
    {
        FactorizedGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = 8, StepSize = new AbsoluteStepSize(mu) });
        double[] left = Array.ConvertAll(SolverSetUps.Normals<double>(25 * 8, seed + 10), value => alpha * value);
        double[] right = Array.ConvertAll(SolverSetUps.Normals<double>(20 * 8, seed + 20), value => alpha * value);
        method.InitializeAt(left.AsMatrix(25), right.AsMatrix(20));
        return method;
    }

    private void Facts(PlantedProblem<double> planted, int asGiven)
    {
        output.WriteLine(PaperRuns.Facts(planted, 2));
        if (planted.Problem.Operator.MeasurementCount < asGiven)
        {
            PaperRuns.AssertCompressed(planted, 2);
        }
    }
}
