using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// What Solve may call Converged: small singular values are no noise, noise is down to the last digits, and what the
/// steps cannot fit is neither.
/// </summary>
public sealed class SolveEvidenceTests
{
    [Theory]
    [InlineData(1e3, 0UL)]
    [InlineData(1e3, 1UL)]
    [InlineData(1e3, 2UL)]
    [InlineData(3e3, 0UL)]
    [InlineData(3e3, 1UL)]
    [InlineData(3e3, 2UL)]
    [InlineData(1e4, 0UL)]
    [InlineData(1e4, 1UL)]
    [InlineData(1e4, 2UL)]
    public void Solve_IllConditioned_FindsTheSmallestSingularValueToo(double condition, ulong seed)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(
            30, 25, 500, new PlantedOptions { Rank = 3, ConditionNumber = condition, Seed = seed });
        AssertRecovered(planted, 3);
    }

    /// <summary>Rank 4 fits to 7e-7: near the fifth singular value, not near the precision.</summary>
    [Fact]
    public void Solve_ASingularValueOfAMillionth_IsFoundToo() => AssertRecovered(
        SolverSetUps.Gaussian<double>(20, 15, 900, new PlantedOptions { Rank = 5, ConditionNumber = 1e6, Seed = 1 }), 5);

    [Theory]
    [InlineData(1e-8, 0UL)]
    [InlineData(1e-8, 1UL)]
    [InlineData(1e-6, 0UL)]
    [InlineData(1e-6, 1UL)]
    [InlineData(1e-2, 0UL)]
    [InlineData(1e-2, 1UL)]
    [InlineData(0.1, 0UL)]
    [InlineData(0.1, 1UL)]
    public void Solve_NoiseOfAnySize_EndsAtItsLevel(double noise, ulong seed)
    {
        PlantedProblem<double> planted = Noisy(noise, seed);
        AssertAtNoiseLevel(planted, MatrixSensing.Solve(planted.Problem), noise);
    }

    /// <summary>At such noise a singular value of 0.2 need not be found, and so no rank is asked for.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(14)]
    public void Solve_NoiseOfThreeTenths_EndsAtItsLevel(ulong seed)
    {
        SolveResult<double> result = MatrixSensing.Solve(Noisy(0.3, seed).Problem);
        Assert.Equal((SolveStatus.Converged, null), (result.Status, result.Diagnosis));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Solve_MeasurementsRoundedToSinglePrecision_EndsAtTheRounding(ulong seed)
    {
        PlantedProblem<double> planted = Noisy(0, seed);
        double[] rounded = Array.ConvertAll(planted.Problem.Measurements.ToArray(), value => (double)(float)value);

        // Rounding errors are uniform, at most 2^-24 of each value: at most 2^-24 / sqrt(3) of the norm.
        AssertAtNoiseLevel(planted, MatrixSensing.Solve(planted.Problem.WithMeasurements(rounded)), Math.ScaleB(1, -24) / Math.Sqrt(3));
    }

    [Fact]
    public void Solve_AToleranceThatTheNoiseForbids_IsNotConverged()
    {
        SolveResult<double> result = MatrixSensing.Solve(Noisy(1e-4, 3).Problem, new SolveOptions<double> { Tolerance = 1e-8 });
        Assert.Equal((SolveStatus.Stalled, 2), (result.Status, result.Rank));
        Assert.Contains("tolerance of 1E-08", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1e-8)]
    public void Solve_AGivenRankThatIsTooSmall_SaysSo(double? tolerance)
    {
        SolveResult<double> result = MatrixSensing.Solve(Noisy(0, 1).Problem.WithRank(1), new SolveOptions<double> { Tolerance = tolerance });
        Assert.Equal((SolveStatus.Stalled, 1), (result.Status, result.Rank));
        Assert.Contains("larger rank", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uniform", 40)]
    [InlineData("uniform", 41)]
    [InlineData("mask", 40)]
    [InlineData("mask", 41)]
    [InlineData("shifted", 40)]
    [InlineData("shifted", 41)]
    public void Solve_AFarFromIsometric_SaysSo(string kind, ulong seed)
    {
        NormalGenerator numbers = new(seed);
        using DenseOperator<double> op = DenseOperator<double>.Fill(new ManagedBlas<double>(), 30, 25, 500, (i, a) =>
        {
            for (int j = 0; j < a.Length; j++)
            {
                ulong index = (ulong)((i * 750) + j);
                a[j] = kind switch
                {
                    "uniform" => numbers.Uniform(index),
                    "mask" => numbers.Uniform(index) < 0.5 ? 1 : 0,
                    _ => 1 + numbers.Normal(index),
                };
            }
        });
        PlantedProblem<double> planted = PlantedProblem<double>.Create(op, new PlantedOptions { Rank = 2, ConditionNumber = 5, Seed = seed - 40 });
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        Assert.Equal(SolveStatus.Stalled, result.Status);
        Assert.Contains("isometric", result.Diagnosis, StringComparison.Ordinal);
        Assert.Contains("mean", result.Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_FewerMeasurementsThanDegreesOfFreedom_SaysSoThoughTheyAreFitted()
    {
        SolveResult<double> result = MatrixSensing.Solve(SolverSetUps.Gaussian<double>(20, 15, 5, new PlantedOptions { Rank = 1 }).Problem);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Contains("5 measurements are fewer than the 34 degrees of freedom", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, -1, "Row 7")]
    [InlineData(-1, 3, "Column 3")]
    public void Solve_ALineWithoutEntries_IsNamed(int row, int column, string name)
    {
        SolveResult<double> result = MatrixSensing.Solve(
            Entries(40, 30, new PlantedOptions { Rank = 2, Seed = 4 }, (i, j) => i != row && j != column && ((i * 7) + (j * 11)) % 5 != 0).Problem);
        Assert.Contains(name, result.Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_OneFullyKnownRow_IsThatRow() => AssertRecovered(Entries(1, 10, new PlantedOptions { Rank = 1 }, (_, _) => true), 1);

    [Fact]
    public void Solve_AWidthBelowOne_IsRefused()
    {
        SensingProblem<double> problem = Noisy(0, 1).Problem;
        Assert.Throws<ArgumentException>(() => MatrixSensing.Solve(problem, new SolveOptions<double> { Width = 0 }));
        Assert.Throws<ArgumentException>(() => MatrixSensing.Solve(problem, new SolveOptions<double> { Width = -3 }));
    }

    [Fact]
    public void DegreesOfFreedom_OfARankAboveTheSize_AreTheUnknowns()
    {
        Assert.Equal(300, MatrixStructure.General.DegreesOfFreedom(20, 15, 100));
        Assert.Equal(210, MatrixStructure.Symmetric.DegreesOfFreedom(20, 20, 100));
        Assert.Equal(2 * (20 + 15 - 2), MatrixStructure.General.DegreesOfFreedom(20, 15, 2));
    }

    [Fact]
    public void Create_AWidthBeyondMemory_IsRefusedByName()
    {
        SensingProblem<double> problem = Noisy(0, 1).Problem;
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new FactorizedGradientDescent<double>(problem, new MethodOptions { Width = 100_000_000 }));
        Assert.Contains("width of 100000000 for a 30 x 25 matrix", refused.Message, StringComparison.Ordinal);
    }

    internal static PlantedProblem<double> Entries(int rows, int columns, PlantedOptions options, Func<int, int, bool> known)
    {
        (int I, int J)[] places =
            [.. Enumerable.Range(0, rows * columns).Select(e => (I: e / columns, J: e % columns)).Where(place => known(place.I, place.J))];
        EntrySamplingOperator<double> op = new(
            new ManagedBlas<double>(), rows, columns, [.. places.Select(place => place.I)], [.. places.Select(place => place.J)]);
        return PlantedProblem<double>.Create(op, options);
    }

    /// <summary>30 x 25 of rank 2 from 500 measurements; noise relative to y, whose norm is near ||X*||_F = sqrt(1.04).</summary>
    private static PlantedProblem<double> Noisy(double relative, ulong seed) => SolverSetUps.Gaussian<double>(30, 25, 500, new PlantedOptions
    {
        Rank = 2,
        ConditionNumber = 5,
        Seed = seed,
        NoiseStandardDeviation = relative * Math.Sqrt(1.04 / 500),
    });

    private static void AssertRecovered(PlantedProblem<double> planted, int rank)
    {
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
        Assert.Equal((SolveStatus.Converged, rank, null), (result.Status, result.Rank, result.Diagnosis));
        Assert.True(error <= 1e-10, $"recovery error {error:e2}");
    }

    /// <summary>The statistical error is noise sqrt(d / m), d = 106 and m = 500, for a Gaussian A enlarged by (1 - d / m)^(-1/2); twice that is allowed.</summary>
    private static void AssertAtNoiseLevel(PlantedProblem<double> planted, SolveResult<double> result, double noise)
    {
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
        double statistical = noise * Math.Sqrt(106.0 / (500 - 106));
        Assert.Equal((SolveStatus.Converged, 2, null), (result.Status, result.Rank, result.Diagnosis));
        Assert.True(error <= 2 * statistical, $"error {error:e2}, statistical {statistical:e2}");
        Assert.True(result.RelativeResidual <= 1.2 * noise, $"residual {result.RelativeResidual:e2}");
    }
}
