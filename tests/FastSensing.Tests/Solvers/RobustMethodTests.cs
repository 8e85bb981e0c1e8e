using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Measurements of which a share is grossly wrong: 24 x 20, rank 2, eight measurements per element of the factors.</summary>
public sealed class RobustMethodTests
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
        PlantedProblem<double> planted = Planted(share, condition, seed, out SensingProblem<double> problem, noise);
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(problem, new MethodOptions { Width = width });
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(300));
        return MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
    }

    private static double StepsTo(double error, double condition, ulong seed)
    {
        PlantedProblem<double> planted = Planted(0.1, condition, seed, out SensingProblem<double> problem);
        using ScaledSubgradientMethod<double> method = new(problem, new MethodOptions { Width = 2 });
        method.Initialize();
        while (MatrixSensing.RecoveryError(method.Current.Left, method.Current.Right, planted.Truth) > error && method.Current.Progress.Iteration < 1000)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        return method.Current.Progress.Iteration;
    }

    /// <summary>Every (1 / share)-th measurement, in random order as all are alike, is off by ten times their usual size.</summary>
    private static PlantedProblem<double> Planted(double share, double condition, ulong seed, out SensingProblem<double> problem, double noise = 0)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(24, 20, 704, new PlantedOptions { Rank = 2, ConditionNumber = condition, Seed = seed });
        double[] y = planted.Problem.Measurements.ToArray();
        double size = Math.Sqrt(y.Sum(value => value * value) / y.Length);
        double[] errors = SolverSetUps.Normals<double>(y.Length, seed + 7);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += (i < y.Length * share ? 10 : noise) * size * errors[i];
        }

        problem = planted.Problem.WithMeasurements(y);
        return planted;
    }

    private static double Median(Func<ulong, double> value) => Enumerable.Range(1, 11).Select(seed => value((ulong)seed)).Order().ElementAt(5);
}
