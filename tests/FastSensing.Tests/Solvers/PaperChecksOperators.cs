using FastSensing.Diagnostics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// C20 for random operators. Its first two parts, the dot test to 1e-12 and the slope of the loss against finite differences,
/// are C20 in the contract that every operator signs.
/// </summary>
public sealed class PaperChecksOperators
{
    [Theory]
    [InlineData(MatrixStructure.General, 300, 1)]
    [InlineData(MatrixStructure.General, 2000, 3)]
    [InlineData(MatrixStructure.Symmetric, 300, 1)]
    [InlineData(MatrixStructure.Symmetric, 2000, 3)]
    public void C20_GaussianOperators_AreNearIsometriesOnLowRank(MatrixStructure structure, int measurements, int rank)
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), 20, 20, measurements, 3);
        AssertNearIsometry(op, structure, rank);
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(2000, 3)]
    public void C20_SymmetricGaussianOperators_AreNearIsometriesOnLowRank(int measurements, int rank)
    {
        using SymmetricDenseOperator<double> op = SymmetricDenseOperator<double>.Gaussian(new ManagedBlas<double>(), 20, measurements, 3);
        AssertNearIsometry(op, MatrixStructure.Symmetric, rank);
    }

    [Fact]
    public void C20_Identity_IsAnIsometry()
    {
        RestrictedIsometry seen = RestrictedIsometry.Sample(new IdentityOperator<double>(new ManagedBlas<double>(), 7, 5), MatrixStructure.General, 2, 5);
        Assert.True(seen.Delta <= 1e-14, $"{seen.Delta}");
    }

    /// <summary>Entries alone are none: a single one is missed altogether, or seen far too large.</summary>
    [Fact]
    public void C20_FewEntries_AreNoIsometry()
    {
        EntrySamplingOperator<double> op = new(new ManagedBlas<double>(), 3, 3, [0, 1], [0, 1]);
        Assert.True(RestrictedIsometry.Sample(op, MatrixStructure.General, 1, 20).Delta > 0.5);
    }

    /// <summary>For fixed X the squared norm of the measurements is chi-squared over m: four standard deviations, over ten X.</summary>
    private static void AssertNearIsometry(IMeasurementOperator<double> op, MatrixStructure structure, int rank)
    {
        RestrictedIsometry seen = RestrictedIsometry.Sample(op, structure, rank, samples: 10, seed: 1);
        double deviation = Math.Sqrt(2.0 / op.MeasurementCount);
        Assert.True(seen.Delta <= 4 * deviation, $"delta {seen.Delta:f4}, {seen.Delta / deviation:f2} deviations");

        // All ten at once within a tenth of a deviation would be no random operator.
        Assert.True(seen.Delta >= 0.1 * deviation, $"delta {seen.Delta:e2}");
        Assert.InRange(seen.Mean, seen.Smallest, seen.Largest);
    }
}
