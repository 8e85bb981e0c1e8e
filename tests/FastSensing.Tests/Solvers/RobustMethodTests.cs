using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Measurements of which a share is grossly wrong: 24 x 20, rank 2, eight for each element of the factors, which is more than
/// there are unknowns; and compressed: 40 x 30, rank 2, five for each degree of freedom.
/// </summary>
public sealed class RobustMethodTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("scaled-subgradient-method", 2, 0.1, 1)]
    [InlineData("scaled-subgradient-method", 2, 0.2, 10)]
    [InlineData("scaled-huber-descent", 2, 0.1, 10)]
    [InlineData("scaled-huber-descent", 2, 0.2, 1)]
    [InlineData("overparameterized-preconditioned-subgradient", 2, 0.2, 10)]
    [InlineData("overparameterized-preconditioned-subgradient", 4, 0.1, 10)]
    public void Run_WithOutliers_RecoversTheMatrixExactly(string name, int width, double share, double condition)
    {
        double median = Median(seed => Error(name, width, share, condition, seed));
        Assert.InRange(median, 0, 1e-8);
    }

    [Theory]
    [InlineData("scaled-subgradient-method", 2, 1)]
    [InlineData("scaled-subgradient-method", 2, 10)]
    [InlineData("scaled-huber-descent", 2, 10)]
    [InlineData("overparameterized-preconditioned-subgradient", 4, 1)]
    [InlineData("overparameterized-preconditioned-subgradient", 4, 10)]
    public void Run_OfACompressedProblemWithOutliers_RecoversTheMatrixExactly(string name, int width, double condition)
    {
        PaperRuns.AssertCompressed(Compressed(condition, 1), 2);
        double median = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Compressed(condition, seed);
            using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(
                WithOutliers(planted, 0.1, seed), new MethodOptions { Width = width });
            return PaperRuns.ErrorAfter(method, planted, 400);
        }));
        output.WriteLine(PaperRuns.Facts(Compressed(condition, 1), 2));
        output.WriteLine($"{name}, width {width}, condition number {condition}, 10 % outliers: median error after 400 steps {median:e1}");
        Assert.InRange(median, 0, 1e-8);
    }

    /// <summary>
    /// As the authors of OPSA run it, but compressed: twice as many columns as the rank, lambda twice the least singular
    /// value, start 2 U sqrt(S) and V sqrt(S) / 2. The same lambda from equal scales only crawls.
    /// </summary>
    [Fact]
    public void Opsa_AsPublishedOnACompressedProblem_RecoversTheMatrix()
    {
        const double condition = 10;
        double published = PaperRuns.Median(PaperRuns.Seeds.Select(seed => Error(seed, scale: 2)));
        double equal = PaperRuns.Median(PaperRuns.Seeds.Select(seed => Error(seed, scale: 1)));
        output.WriteLine(PaperRuns.Facts(Compressed(condition, 1), 2));
        output.WriteLine($"OPSA, 10 % outliers: median error after 1000 steps {published:e1}, from equal scales {equal:e1}");
        Assert.InRange(published, 0, 1e-8);
        Assert.True(equal > 1e-4, $"{equal}");

        static double Error(ulong seed, double scale)
        {
            PlantedProblem<double> planted = Compressed(condition, seed);
            using OverparameterizedPreconditionedSubgradient<double> method = new(
                WithOutliers(planted, 0.1, seed), new MethodOptions { Width = 4, Damping = 2 / condition });
            method.Initialize();
            double[] left = Array.ConvertAll(method.Current.Left.Elements(), value => scale * value);
            double[] right = Array.ConvertAll(method.Current.Right.Elements(), value => value / scale);
            method.InitializeAt(left.AsMatrix(planted.Truth.Rows), right.AsMatrix(planted.Truth.Columns));
            return PaperRuns.ErrorAfter(method, planted, 1000);
        }
    }

    [Theory]
    [InlineData("scaled-gradient-descent")]
    [InlineData("alternating-least-squares")]
    [InlineData("gauss-newton-matrix-recovery")]
    public void Run_OfLeastSquaresWithOutliers_IsFarFromTheMatrix(string name)
    {
        double median = Median(seed => Error(name, 2, 0.1, 1, seed));
        Assert.True(median > 0.5, $"{median}");
    }

    [Fact]
    public void ScaledSubgradient_OfIllConditionedMatrices_NeedsNoMoreSteps()
    {
        double well = Median(seed => StepsTo(1e-6, 1, seed));
        double ill = Median(seed => StepsTo(1e-6, 100, seed));
        Assert.True(ill <= 1.5 * well, $"{well} steps at condition number 1, {ill} at 100");
    }

    /// <summary>Noise beside the outliers: the steps shrink, and the error comes down to a few times that of an oracle, sigma sqrt(d).</summary>
    [Theory]
    [InlineData("scaled-subgradient-method")]
    [InlineData("scaled-huber-descent")]
    public void Run_WithOutliersAndNoise_ComesDownToTheNoise(string name)
    {
        double median = Median(seed => Error(name, 2, 0.1, 1, seed, noise: 0.01));
        Assert.InRange(median, 1e-4, 0.02);
    }

    private static double Error(string name, int width, double share, double condition, ulong seed, double noise = 0)
    {
        PlantedProblem<double> planted = Planted(condition, seed);
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(
            WithOutliers(planted, share, seed, noise), new MethodOptions { Width = width });
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(300));
        return MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
    }

    private static double StepsTo(double error, double condition, ulong seed)
    {
        PlantedProblem<double> planted = Planted(condition, seed);
        using ScaledSubgradientMethod<double> method = new(WithOutliers(planted, 0.1, seed), new MethodOptions { Width = 2 });
        method.Initialize();
        while (MatrixSensing.RecoveryError(method.Current.Left, method.Current.Right, planted.Truth) > error && method.Current.Progress.Iteration < 1000)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        return method.Current.Progress.Iteration;
    }

    private static PlantedProblem<double> Planted(double condition, ulong seed) =>
        SolverSetUps.Gaussian<double>(24, 20, 704, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed });

    private static PlantedProblem<double> Compressed(double condition, ulong seed) =>
        SolverSetUps.Gaussian<double>(40, 30, 680, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed });

    /// <summary>Every (1 / share)-th measurement, in random order as all are alike, is off by ten times their usual size.</summary>
    private static SensingProblem<double> WithOutliers(PlantedProblem<double> planted, double share, ulong seed, double noise = 0)
    {
        double[] y = planted.Problem.Measurements.ToArray();
        double size = Math.Sqrt(y.Sum(value => value * value) / y.Length);
        double[] errors = SolverSetUps.Normals<double>(y.Length, seed + 7);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += (i < y.Length * share ? 10 : noise) * size * errors[i];
        }

        return planted.Problem.WithMeasurements(y);
    }

    private static double Median(Func<ulong, double> value) => Enumerable.Range(1, 11).Select(seed => value((ulong)seed)).Order().ElementAt(5);
}
