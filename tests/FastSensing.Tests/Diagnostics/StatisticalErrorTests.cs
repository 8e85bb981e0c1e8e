using FastSensing.Diagnostics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Tests.Solvers;
using Xunit.Abstractions;

namespace FastSensing.Tests.Diagnostics;

/// <summary>The errors that noise leaves, against runs at the rank.</summary>
public sealed class StatisticalErrorTests(ITestOutputHelper output)
{
    /// <summary>
    /// Least squares at the rank reach the error of the oracle, times 1 / sqrt(1 - d / m) as m is no large multiple of d: with
    /// more measurements than unknowns, and compressed. Medians over ten problems.
    /// </summary>
    [Theory]
    [InlineData(MatrixStructure.General, 20, 15, 660)]
    [InlineData(MatrixStructure.General, 40, 30, 720)]
    [InlineData(MatrixStructure.Symmetric, 20, 20, 390)]
    [InlineData(MatrixStructure.Symmetric, 40, 40, 474)]
    public void OfOracle_OfAFitAtTheRank_IsItsError(MatrixStructure structure, int rows, int columns, int measurements)
    {
        const double noise = 1e-3;
        double ratio = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = Planted(seed);
            string name = structure == MatrixStructure.Symmetric ? "symmetric-gradient-descent" : "scaled-gradient-descent";
            using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(planted.Problem.WithRank(2), null);
            SolveResult<double> result = Solver.Run(method, new StopWhenStalled(50, 1e-6) | new StopAfterIterations(2000));
            double norm = Math.Sqrt(planted.Truth.Elements().Sum(value => value * value));
            double error = norm * MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
            return error / StatisticalError.OfOracle(planted.Problem.Operator, structure, 2, noise);
        }));
        double few = 1 / Math.Sqrt(1 - (Planted(1).Problem.DegreesOfFreedom(2) / (double)measurements));
        output.WriteLine(PaperRuns.Facts(Planted(1), 2));
        output.WriteLine($"median error {ratio:f3} of the oracle's, {few:f3} expected");
        Assert.InRange(ratio / few, 0.85, 1.2);

        PlantedProblem<double> Planted(ulong seed) => SolverSetUps.Gaussian<double>(
            rows, columns, measurements, new PlantedOptions { Rank = 2, ConditionNumber = 2, Seed = seed, Structure = structure, NoiseStandardDeviation = noise });
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
