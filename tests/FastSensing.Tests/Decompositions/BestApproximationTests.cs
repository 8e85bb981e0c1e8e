using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Decompositions;

/// <summary>The yardstick of the demo against an independent SVD.</summary>
public sealed class BestApproximationTests
{
    [Theory]
    [InlineData(9, 6, 0)]
    [InlineData(9, 6, 2)]
    [InlineData(6, 9, 2)]
    [InlineData(6, 9, 6)]
    [InlineData(5, 5, 7)]
    public void Compute_AnyShape_IsTheTruncatedSvd(int rows, int columns, int rank)
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(rows, columns, (i, j) => Math.Sin((i * 7) + (j * j) + 1));
        double[] best = new double[rows * columns];
        double error = BestApproximation.Compute(
            new ReadOnlyMatrixSpan<double>(matrix.ToRowMajorArray(), rows, columns), rank, new MatrixSpan<double>(best, rows, columns));

        var svd = matrix.Svd();
        Matrix<double> expected = Matrix<double>.Build.Dense(rows, columns);
        for (int i = 0; i < Math.Min(rank, svd.S.Count); i++)
        {
            expected += svd.S[i] * svd.U.Column(i).OuterProduct(svd.VT.Row(i));
        }

        // Both are backward stable: some units in the last place of the norm, with gaps between the singular values here.
        double bound = 1e-13 * matrix.FrobeniusNorm();
        double difference = (Matrix<double>.Build.DenseOfRowMajor(rows, columns, best) - expected).FrobeniusNorm();
        Assert.True(difference <= bound, $"{difference}");
        Assert.Equal((matrix - expected).FrobeniusNorm() / matrix.FrobeniusNorm(), error, 1e-13);
    }

    [Fact]
    public void Compute_OtherShapeOrNegativeRank_IsRefused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            BestApproximation.Compute(new ReadOnlyMatrixSpan<double>(new double[6], 2, 3), 1, new MatrixSpan<double>(new double[6], 3, 2)));
        Assert.Contains("2 x 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3 x 2", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            BestApproximation.Compute(new ReadOnlyMatrixSpan<double>(new double[6], 2, 3), -1, new MatrixSpan<double>(new double[6], 2, 3)));
    }
}
