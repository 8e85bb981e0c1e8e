using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Measurements of which a share is grossly wrong: 40 x 30, rank 3, eight measurements per degree of freedom of the factors.</summary>
public sealed class RobustMethodTests
{
    [Theory]
    [InlineData("scaled-subgradient-method", 3, 0.1, 1)]
    [InlineData("scaled-subgradient-method", 3, 0.2, 10)]
    [InlineData("scaled-huber-descent", 3, 0.1, 10)]
    [InlineData("scaled-huber-descent", 3, 0.2, 1)]
    [InlineData("overparameterized-preconditioned-subgradient", 3, 0.2, 10)]
    [InlineData("overparameterized-preconditioned-subgradient", 6, 0.1, 10)]
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
        double median = Median(seed => Error(name, 3, 0.1, 1, seed));
        Assert.True(median > 0.5, $"{median}");
    }

    [Fact]
    public void ScaledSubgradient_OfIllConditionedMatrices_NeedsNoMoreSteps()
    {
        double well = Median(seed => StepsTo(1e-6, 1, seed));
        double ill = Median(seed => StepsTo(1e-6, 100, seed));
        Assert.True(ill <= 1.5 * well, $"{well} steps at condition number 1, {ill} at 100");
    }

    private static double Error(string name, int width, double share, double condition, ulong seed)
    {
        PlantedProblem<double> planted = Planted(share, condition, seed, out SensingProblem<double> problem);
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(problem, new MethodOptions { Width = width });
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(500));
        return MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
    }

    private static double StepsTo(double error, double condition, ulong seed)
    {
        PlantedProblem<double> planted = Planted(0.1, condition, seed, out SensingProblem<double> problem);
        using ScaledSubgradientMethod<double> method = new(problem, new MethodOptions { Width = 3 });
        method.Initialize();
        while (MatrixSensing.RecoveryError(method.Current.Left, method.Current.Right, planted.Truth) > error && method.Current.Progress.Iteration < 1000)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        return method.Current.Progress.Iteration;
    }

    /// <summary>Every (1 / share)-th measurement, in random order as all are alike, is off by ten times their usual size.</summary>
    private static PlantedProblem<double> Planted(double share, double condition, ulong seed, out SensingProblem<double> problem)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(40, 30, 1608, new PlantedOptions { Rank = 3, ConditionNumber = condition, Seed = seed });
        double[] y = planted.Problem.Measurements.ToArray();
        double size = Math.Sqrt(y.Sum(value => value * value) / y.Length);
        double[] errors = SolverSetUps.Normals<double>(y.Length, seed + 7);
        for (int i = 0; i < y.Length * share; i++)
        {
            y[i] += 10 * size * errors[i];
        }

        problem = planted.Problem.WithMeasurements(y);
        return planted;
    }

    private static double Median(Func<ulong, double> value) => Enumerable.Range(1, 11).Select(seed => value((ulong)seed)).Order().ElementAt(5);
}
