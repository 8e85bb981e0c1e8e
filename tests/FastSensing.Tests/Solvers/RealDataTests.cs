using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Solvers;
using FastSensing.Tests.Architecture;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Matrices that are only roughly of low rank: what Solve recovers, against the best approximation of the rank as the
/// yardstick, for a given rank and for a chosen one.
/// </summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData("camera_64.npy", 2048, MatrixStructure.General, 8, 8, 1.6)]
    [InlineData("camera_64.npy", 2048, MatrixStructure.General, 8, null, 1.6)]
    [InlineData("camera_patch_covariance_64.npy", 780, MatrixStructure.Symmetric, 5, 5, 1.6)]
    [InlineData("camera_patch_covariance_64.npy", 780, MatrixStructure.Symmetric, 5, null, 1.6)]
    public void Solve_FromFewerGaussianMeasurementsThanUnknowns_IsNearTheBestApproximation(
        string file, int measurements, MatrixStructure structure, int yardstickRank, int? rank, double factor)
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), 64, 64, measurements, seed: 1);
        AssertWithin(factor, file, yardstickRank, op, structure, rank);
    }

    /// <summary>A third of the pixels at rank 8 are 1.4 measurements per degree of freedom: 0.18 to 0.22 was seen, 0.096 is the yardstick.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(null)]
    public void Solve_PhotographFromAThirdOfItsPixels_FillsInTheRest(int? rank)
    {
        NormalGenerator generator = new(1);
        int[] pixels = [.. Enumerable.Range(0, 4096).OrderBy(i => generator.Bits((ulong)i)).Take(1365).Order()];
        EntrySamplingOperator<double> op = new(
            new ManagedBlas<double>(), 64, 64, [.. pixels.Select(i => i / 64)], [.. pixels.Select(i => i % 64)]);
        AssertWithin(2.4, "camera_64.npy", 8, op, MatrixStructure.General, rank);
    }

    private static void AssertWithin(
        double factor, string file, int yardstickRank, IMeasurementOperator<double> op, MatrixStructure structure, int? rank)
    {
        double[] truth = NpyFile.Read<double>(Path.Combine(Repository.Root, "src", "FastSensing.Cli", "Data", file)).Elements.ToArray();
        double[] y = PlantedProblem<double>.Measure(op, truth.AsMatrix(64));
        SolveResult<double> result = MatrixSensing.Solve(new SensingProblem<double>(op, y, structure, rank));
        double[] values = [.. Matrix<double>.Build.DenseOfRowMajor(64, 64, truth).Svd().S];
        double best = Math.Sqrt(values.Skip(yardstickRank).Sum(x => x * x) / values.Sum(x => x * x));
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, truth.AsMatrix(64));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.True(error <= factor * best, $"rank {result.Rank}: error {error:f4}, best rank {yardstickRank}: {best:f4}");
        Assert.True(result.Rank > 1, "the choice of the rank collapsed");
    }
}
