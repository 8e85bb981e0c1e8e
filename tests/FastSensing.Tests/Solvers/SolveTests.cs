using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Observers;

namespace FastSensing.Tests.Solvers;

/// <summary>MatrixSensing.Solve without options, on planted problems with fewer measurements than unknowns.</summary>
public sealed class SolveTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 10).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Solve_SymmetricFrom800Of1830Unknowns_RecoversTheMatrix(ulong seed) =>
        AssertRecovered(60, 60, 800, new PlantedOptions { Rank = 3, ConditionNumber = 10, Seed = seed, Structure = MatrixStructure.Symmetric });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Solve_RectangularFrom1000Of2700Unknowns_RecoversTheMatrix(ulong seed) =>
        AssertRecovered(60, 45, 1000, new PlantedOptions { Rank = 2, ConditionNumber = 20, Seed = seed });

    [Fact]
    public void Solve_MeasurementsWithoutNormalisation_RecoversTheMatrix()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 25, 500, new PlantedOptions { Rank = 2, ConditionNumber = 5 });
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem.Scaled(Math.Sqrt(500)));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-10);
    }

    [Fact]
    public void Solve_EntrySamples_CompletesTheMatrix()
    {
        int[] entries = [.. Enumerable.Range(0, 40 * 30).Where(i => SolverSetUps.Normals<double>(1200, 9)[i] > 0.25)];
        EntrySamplingOperator<double> op = new(
            new ManagedBlas<double>(), 40, 30, [.. entries.Select(i => i / 30)], [.. entries.Select(i => i % 30)]);
        PlantedProblem<double> planted = PlantedProblem<double>.Create(op, new PlantedOptions { Rank = 2, ConditionNumber = 3, Seed = 4 });
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.Rank);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-10);
    }

    [Fact]
    public void Solve_SinglePrecision_RecoversToItsTolerance()
    {
        PlantedProblem<float> planted = SolverSetUps.Gaussian<float>(30, 25, 500, new PlantedOptions { Rank = 2, ConditionNumber = 5 });
        SolveResult<float> result = MatrixSensing.Solve(planted.Problem);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.Rank);
        Assert.True(result.RelativeResidual <= 1e-6);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-5);
    }

    [Theory]
    [InlineData(1e-25f)]
    [InlineData(1e25f)]
    public void Solve_SinglePrecisionInExtremeUnits_RecoversToItsTolerance(float unit)
    {
        PlantedProblem<float> planted = SolverSetUps.Gaussian<float>(30, 25, 500, new PlantedOptions { Rank = 2, ConditionNumber = 5 });
        float[] y = Array.ConvertAll(planted.Problem.Measurements.ToArray(), value => value * unit);
        SolveResult<float> result = MatrixSensing.Solve(planted.Problem.WithMeasurements(y));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.Rank);
        float[] truth = Array.ConvertAll(planted.Truth.Elements(), value => value * unit);
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, truth.AsMatrix(30));
        Assert.True(error <= 1e-5 && error > 0, $"recovery error {error}");
    }

    [Fact]
    public void Solve_NoisyMeasurements_EndsAtTheNoiseLevelWithTheRightRank()
    {
        PlantedOptions options = new() { Rank = 2, ConditionNumber = 3, NoiseStandardDeviation = 1e-3, Seed = 2 };
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 25, 500, options);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.Rank);

        // The minimax error is sigma sqrt(degrees of freedom): 1e-3 sqrt(106) over ||X*||_F = 1.054.
        double statistical = 1e-3 * Math.Sqrt(106) / Math.Sqrt(1 + (1.0 / 9));
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
        Assert.True(error <= 2 * statistical, $"error {error:e2}, statistical error {statistical:e2}");
    }

    [Fact]
    public void Solve_WithAGivenRank_UsesIt()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(20, 15, 280, new PlantedOptions { Rank = 3, ConditionNumber = 2 });
        Assert.Equal(2, MatrixSensing.Solve(planted.Problem.WithRank(2)).Rank);
        SolveResult<double> exact = MatrixSensing.Solve(planted.Problem.WithRank(3));
        Assert.Equal((3, SolveStatus.Converged), (exact.Rank, exact.Status));
        Assert.Throws<ArgumentException>(() => MatrixSensing.Solve(planted.Problem.WithRank(16)));
    }

    [Fact]
    public void Solve_FarTooFewMeasurements_SaysSo()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(40, 40, 100, new PlantedOptions { Rank = 3 });
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem.WithRank(3));
        Assert.Equal(SolveStatus.Stalled, result.Status);
        Assert.Contains("100 measurements are few", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void Solve_AHandfulOfMeasurements_EndsWithFiniteFactors(int measurements)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(4, 3, measurements, new PlantedOptions { Rank = 1 });
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        Assert.All(result.Left.Elements(), value => Assert.True(double.IsFinite(value)));
        Assert.True(result.RelativeResidual <= 1, $"{result.RelativeResidual}");
    }

    [Fact]
    public void Solve_ZeroMeasurements_IsZero()
    {
        PlantedProblem<double> planted = SolverSetUps.Easy<double>(MatrixStructure.General);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem.WithMeasurements(new double[90]));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.All(result.Left.Elements(), value => Assert.Equal(0.0, value));
    }

    [Fact]
    public void Solve_WithTheSameSeed_GivesTheSameBits()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(20, 15, 200, new PlantedOptions { Rank = 2 });
        SolveResult<double> first = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Seed = 3 });
        SolveResult<double> second = MatrixSensing.Solve(planted.Problem.Scaled(4.0), new SolveOptions<double> { Seed = 3 });
        SolverSetUps.AssertSameBits(first.Left.Elements(), second.Left.Elements());
        SolverSetUps.AssertSameBits(first.Right.Elements(), second.Right.Elements());
    }

    [Fact]
    public void Solve_Interrupted_ReturnsWhatItHas()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 25, 500, new PlantedOptions { Rank = 2 });
        SolveResult<double> late = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Deadline = TimeSpan.Zero });
        Assert.Equal(SolveStatus.TimeLimit, late.Status);
        SolveResult<double> cancelled = MatrixSensing.Solve(planted.Problem, null, new CancellationToken(canceled: true));
        Assert.Equal(SolveStatus.Cancelled, cancelled.Status);
        int full = MatrixSensing.Solve(planted.Problem).Iterations;
        foreach (int iterations in new[] { 0, 1, 60, full / 2, full - 30 })
        {
            SolveResult<double> limited = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { MaximumIterations = iterations });
            Assert.Equal((iterations, SolveStatus.IterationLimit), (limited.Iterations, limited.Status));
            Assert.All(limited.Left.Elements(), value => Assert.True(double.IsFinite(value)));
            Assert.NotNull(limited.Diagnosis);
        }
    }

    [Fact]
    public void Solve_CancelledInAnyStage_ReturnsWhatItHas()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 25, 500, new PlantedOptions { Rank = 2 });
        foreach (SolveStage stage in Enum.GetValues<SolveStage>())
        {
            using CancellationTokenSource source = new();
            SolveOptions<double> options = new()
            {
                Progress = progress => { if (progress.Stage == stage && progress.Progress.Iteration == 5) { source.Cancel(); } },
            };
            SolveResult<double> result = MatrixSensing.Solve(planted.Problem, options, source.Token);
            Assert.Equal(SolveStatus.Cancelled, result.Status);
            Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= (stage == SolveStage.Polishing ? 0.01 : 1.01));
        }
    }

    [Fact]
    public void Solve_WithATrace_RecordsTheRunOnAllMeasurements()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(20, 15, 200, new PlantedOptions { Rank = 2 });
        Trace<double> trace = new(4096, new RecoveryErrorObserver<double>(planted.Truth));
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Trace = trace });
        Assert.Same(trace, result.Trace);
        int[] iterations = [.. trace.Points.ToArray().Select(point => point.Progress.Iteration)];
        Assert.Equal(Enumerable.Range(0, iterations.Length), iterations);
        Assert.Equal(result.RelativeResidual, trace.Points[^1].Progress.RelativeResidual);
        Assert.True(trace.Points[^1].RecoveryError <= 1e-10);
        Assert.True(result.Iterations > trace.Points[^1].Progress.Iteration);
        Assert.NotNull(result.HoldOutResidual);
        Assert.Null(result.Diagnosis);
        Assert.Equal(0.0, result.AllocatedBytesPerIteration);
    }

    private static void AssertRecovered(int rows, int columns, int measurements, PlantedOptions options)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(rows, columns, measurements, options);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(options.Rank, result.Rank);
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
        Assert.True(error <= 1e-10, $"recovery error {error:e2}");
    }
}
