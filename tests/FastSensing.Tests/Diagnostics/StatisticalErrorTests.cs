using FastSensing.Diagnostics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Tests.Solvers;

namespace FastSensing.Tests.Diagnostics;

/// <summary>The errors that noise leaves, against runs at the rank.</summary>
public sealed class StatisticalErrorTests
{
    /// <summary>Least squares at the rank reach the error of the oracle: medians over ten problems.</summary>
    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void OfOracle_OfAFitAtTheRank_IsItsError(MatrixStructure structure)
    {
        const double noise = 1e-3;
        double[] ratios = new double[10];
        for (int seed = 0; seed < ratios.Length; seed++)
        {
            bool symmetric = structure == MatrixStructure.Symmetric;
            PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(
                20, symmetric ? 20 : 15, symmetric ? 390 : 660,
                new PlantedOptions { Rank = 2, ConditionNumber = 2, Seed = (ulong)seed, Structure = structure, NoiseStandardDeviation = noise });
            string name = symmetric ? "symmetric-gradient-descent" : "scaled-gradient-descent";
            using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(planted.Problem.WithRank(2), null);
            SolveResult<double> result = Solver.Run(method, new StopWhenStalled(50, 1e-6) | new StopAfterIterations(2000));
            double norm = Math.Sqrt(planted.Truth.Elements().Sum(value => value * value));
            double error = norm * MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
            ratios[seed] = error / StatisticalError.OfOracle(planted.Problem.Operator, structure, 2, noise);
        }

        Array.Sort(ratios);
        Assert.InRange((ratios[4] + ratios[5]) / 2, 0.85, 1.2);
    }

    /// <summary>Normal numbers have s^2 = m: E_stat = sigma sqrt(n r / m).</summary>
    [Fact]
    public void Of_ANormalOperator_IsTheFormulaOfThePaper()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(40, 30, 400, new PlantedOptions { Rank = 3 });
        IMeasurementOperator<double> op = planted.Problem.Scaled(Math.Sqrt(400)).Operator; // From N(0, 1 / m) to N(0, 1).
        double eStat = StatisticalError.Of(op, MatrixStructure.General, 3, 0.1);
        Assert.Equal(1.0, eStat / (0.1 * Math.Sqrt(40 * 3 / 400.0)), 0.01);
        double oracle = StatisticalError.OfOracle(op, MatrixStructure.General, 3, 0.1);
        Assert.Equal(Math.Sqrt(3 * (40 + 30 - 3) / (40.0 * 3)), oracle / eStat, 1e-12);
    }
}
