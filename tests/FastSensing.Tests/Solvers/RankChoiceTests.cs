using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers.EarlyStopping;
using FastSensing.Solvers.UnknownRank;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Solvers;

/// <summary>The pieces of the rank choice.</summary>
public sealed class RankChoiceTests
{
    [Fact]
    public void OrderByGap_OfValues_PutsTheLargestGapFirst()
    {
        Assert.Equal([2, 1, 3], RankChoice.OrderByGap([4, 2, 0.1]));
        Assert.Equal([1, 2, 3], RankChoice.OrderByGap([1, 0, 0]));
        Assert.Equal([1], RankChoice.OrderByGap([5]));
    }

    [Fact]
    public void IsAsGood_WithinOneStandardErrorOfTheDifference_IsTrue()
    {
        double[] best = [1, 2, 3, 4];
        Assert.True(RankChoice.IsAsGood(best, best));

        // Differences 0.4, -0.2, 0.4, -0.2: mean 0.1, standard error 0.3464 / 2 = 0.173.
        Assert.True(RankChoice.IsAsGood([1.4, 1.8, 3.4, 3.8], best));

        // The same differences and 0.1 more: the mean is above the standard error.
        Assert.False(RankChoice.IsAsGood([1.5, 1.9, 3.5, 3.9], best));
    }

    [Fact]
    public void HoldOut_OfAProblem_SplitsItsMeasurementsBySeed()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(9, 8, 105, new PlantedOptions { Rank = 2 });
        HoldOut<double> holdOut = HoldOut<double>.Of(planted.Problem, seed: 1)!;
        Assert.Equal((10, 95), (holdOut.Count, holdOut.Training.Operator.MeasurementCount));
        double[] all = planted.Problem.Measurements.ToArray();
        Assert.All(holdOut.Training.Measurements.ToArray(), value => Assert.Contains(value, all));
        double[] squares = new double[10];
        Assert.True(holdOut.Residual(planted.TruthFactorLeft, planted.TruthFactorRight, squares) <= 1e-14);
        Assert.Equal(1, holdOut.Residual(new double[18].AsMatrix(9), new double[16].AsMatrix(8), squares), 1e-14);
        Assert.Equal(1, squares.Sum(), 1e-14);
        Assert.NotEqual(
            holdOut.Training.Measurements.ToArray(), HoldOut<double>.Of(planted.Problem, seed: 2)!.Training.Measurements.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public void FactorCut_OfAProduct_IsItsBestApproximation(int width)
    {
        double[] left = SolverSetUps.Normals<double>(10 * width, 1);
        double[] right = SolverSetUps.Normals<double>(7 * width, 2);
        FactorCut<double> cut = new(new ManagedBlas<double>(), left.AsMatrix(10), right.AsMatrix(7));
        double[] cutLeft = new double[20];
        double[] cutRight = new double[14];
        cut.CopyTo(new MatrixSpan<double>(cutLeft, 10, 2), new MatrixSpan<double>(cutRight, 7, 2));
        Matrix<double> x = Matrix<double>.Build.DenseOfRowMajor(10, width, left) * Matrix<double>.Build.DenseOfRowMajor(7, width, right).Transpose();
        double[] values = [.. x.Svd().S];
        double outside = Math.Sqrt(values.Skip(2).Sum(value => value * value));
        Matrix<double> best = Matrix<double>.Build.DenseOfRowMajor(10, 2, cutLeft) * Matrix<double>.Build.DenseOfRowMajor(7, 2, cutRight).Transpose();
        Assert.Equal(outside, (x - best).FrobeniusNorm(), 1e-12 * values[0]);
        for (int i = 0; i < Math.Min(width, 7); i++)
        {
            Assert.Equal(values[i], cut.Values[i], 1e-12 * values[0]);
        }
    }
}
