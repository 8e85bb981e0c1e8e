using FastSensing.Diagnostics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Tests.Solvers;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Diagnostics;

/// <summary>Singular values, nuclear norm, effective rank and the dual certificate of iterates given by factors.</summary>
public sealed class SpectrumDiagnosticsTests
{
    [Theory]
    [InlineData(9, 7, 3)]
    [InlineData(7, 9, 3)]
    [InlineData(4, 5, 6)]
    public void SingularValues_OfFactors_AreThoseOfTheProduct(int rows, int columns, int width)
    {
        Matrix<double> left = Matrix<double>.Build.Dense(rows, width, SolverSetUps.Normals<double>(rows * width, 1));
        Matrix<double> right = Matrix<double>.Build.Dense(columns, width, SolverSetUps.Normals<double>(columns * width, 2));
        double[] expected = [.. left.TransposeAndMultiply(right).Svd().S];
        double[] actual = SingularValues.Of(View(left), View(right));
        Assert.Equal(width, actual.Length);
        for (int i = 0; i < width; i++)
        {
            Assert.Equal(i < expected.Length ? expected[i] : 0, actual[i], 1e-12 * expected[0]);
        }

        Assert.Equal(expected.Take(width).Sum(), NuclearNorm.Of(View(left), View(right)), 1e-12 * expected[0]);
        Assert.Throws<ArgumentException>(() => SingularValues.Of(View(left), View(right.SubMatrix(0, columns, 0, width - 1))));
    }

    [Fact]
    public void EffectiveRank_OfEqualValues_IsTheirNumber()
    {
        Assert.Equal(3, EffectiveRank.Of([2.0, 2, 2, 0]), 1e-14);
        Assert.Equal(1, EffectiveRank.Of([5.0, 0, 0]), 1e-14);
        Assert.Equal(0, EffectiveRank.Of([0.0, 0]));
        Assert.InRange(EffectiveRank.Of([1.0, 1e-3]), 1.001, 1.02);
        Assert.Equal(2, EffectiveRank.Of(View(Matrix<double>.Build.DenseIdentity(5, 2)), View(Matrix<double>.Build.DenseIdentity(4, 2))), 1e-14);
    }

    /// <summary>A = Id: nu = vec(U V^T) is the dual solution for X = U S V^T, with no gap.</summary>
    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void Certificate_OfTheDualSolution_HasNoGap(MatrixStructure structure)
    {
        PlantedProblem<double> planted = SolverSetUps.Population(6, new PlantedOptions { Rank = 2, ConditionNumber = 3, Structure = structure });
        var svd = Matrix<double>.Build.DenseOfRowMajor(6, 6, planted.Truth.Elements()).Svd();
        Matrix<double> nu = svd.U.SubMatrix(0, 6, 0, 2) * svd.VT.SubMatrix(0, 2, 0, 6);
        DualCertificate certificate = DualCertificate.Of<double>(
            planted.Problem, nu.ToRowMajorArray(), planted.TruthFactorLeft, planted.TruthFactorRight);
        Assert.Equal(1, certificate.LargestValue, 1e-13);
        Assert.Equal(1 + (1 / 3.0), certificate.NuclearNorm, 1e-13);
        Assert.Equal(0, certificate.RelativeGap, 1e-13);
        DualCertificate halved = DualCertificate.Of<double>(
            planted.Problem, (nu / 2).ToRowMajorArray(), planted.TruthFactorLeft, planted.TruthFactorRight);
        Assert.Equal(0.5, halved.RelativeGap, 1e-13);
        Assert.Throws<ArgumentOutOfRangeException>(() => DualCertificate.MultipliersOfFlow([1], 1));
    }

    private static ReadOnlyMatrixSpan<double> View(Matrix<double> matrix) => new(matrix.ToRowMajorArray(), matrix.RowCount, matrix.ColumnCount);
}
