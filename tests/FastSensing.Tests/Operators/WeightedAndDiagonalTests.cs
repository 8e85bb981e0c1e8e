using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>What the contract does not ask of these two: their own refusals, and the scale where entries are weighted.</summary>
public sealed class WeightedAndDiagonalTests
{
    [Fact]
    public void ScaleFor_WeightedEntries_IsThatOfTheWeightedUnitMatrices()
    {
        EntrySamplingOperator<double> entries = new(new ManagedBlas<double>(), 3, 3, [0, 1, 2, 2], [0, 2, 1, 2]);
        WeightedOperator<double> weighted = new(entries, [2, -3, 0, 0.5]);
        Assert.Equal(Math.Sqrt((4 + 9 + 0.25) / 9), weighted.ScaleFor(MatrixStructure.General), 1e-15);
        Assert.Equal(Math.Sqrt((4 + 4.5 + 0.25) / 6), weighted.ScaleFor(MatrixStructure.Symmetric), 1e-15);
    }

    [Fact]
    public void Weighted_TimesAPowerOfTwo_ScalesExactlyAlsoWhereSquaresLeaveTheRange()
    {
        DenseOperator<double> dense = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), 4, 3, 2, 5);
        double plain = new WeightedOperator<double>(dense, [1, 3]).ScaleFor(MatrixStructure.General);
        foreach (int exponent in new[] { -900, -5, 900 })
        {
            double[] weights = [Math.ScaleB(1, exponent), Math.ScaleB(3, exponent)];
            Assert.Equal(Math.ScaleB(plain, exponent), new WeightedOperator<double>(dense, weights).ScaleFor(MatrixStructure.General));
        }
    }

    [Fact]
    public void Create_WithNonsense_IsRefused()
    {
        DenseOperator<double> dense = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), 4, 3, 2, 5);
        ArgumentException length = Assert.Throws<ArgumentException>(() => new WeightedOperator<double>(dense, [1, 2, 3]));
        Assert.Contains("3 weights and 2 measurements", length.Message, StringComparison.Ordinal);
        ArgumentException infinite = Assert.Throws<ArgumentException>(() => new WeightedOperator<double>(dense, [1, double.PositiveInfinity]));
        Assert.Contains("Weight 1", infinite.Message, StringComparison.Ordinal);
        ArgumentException shape = Assert.Throws<ArgumentException>(() =>
            new DiagonalOperator<double>(new ManagedBlas<double>(), 4, 3, new ReadOnlyMatrixSpan<double>(new double[8], 2, 4)));
        Assert.Contains("2 x 4", shape.Message, StringComparison.Ordinal);
        ArgumentException entry = Assert.Throws<ArgumentException>(() =>
            new DiagonalOperator<double>(new ManagedBlas<double>(), 2, 2, new ReadOnlyMatrixSpan<double>([1, 2, 3, double.NaN], 2, 2)));
        Assert.Contains("measurement matrix 1", entry.Message, StringComparison.Ordinal);
    }
}
