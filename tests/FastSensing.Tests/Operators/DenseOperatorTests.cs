using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Testing;

namespace FastSensing.Tests.Operators;

/// <summary>What is particular to stored matrices: construction, units, storage, and the random factory.</summary>
public class DenseOperatorTests
{
    private static readonly ManagedBlas<double> s_blas = new();

    [Theory]
    [InlineData(2.0)]
    [InlineData(-0.25)]
    [InlineData(1048576.0)]
    public void ScaleFor_MatricesTimesAPowerOfTwo_IsMultipliedExactly(double factor)
    {
        double[] values = Values(5 * 5 * 7);
        using DenseOperator<double> op = DenseOperator<double>.FromRows(s_blas, 5, 5, 7, values);
        using DenseOperator<double> scaled = DenseOperator<double>.FromRows(s_blas, 5, 5, 7, [.. values.Select(v => factor * v)]);
        Assert.Equal(Math.Abs(factor) * op.ScaleFor(MatrixStructure.General), scaled.ScaleFor(MatrixStructure.General));
        Assert.Equal(Math.Abs(factor) * op.ScaleFor(MatrixStructure.Symmetric), scaled.ScaleFor(MatrixStructure.Symmetric));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    [InlineData(-1060)]
    public void ScaleFor_ExtremeMatrices_NeitherOverflowsNorVanishes(int exponent)
    {
        double[] values = [.. Values(5 * 5 * 7).Select(v => Math.ScaleB(v, exponent))];
        using DenseOperator<double> op = DenseOperator<double>.FromRows(s_blas, 5, 5, 7, values);
        double expected = new NaiveSensing([.. values.Select(v => Math.ScaleB(v, -exponent)).Chunk(25)], 5, 5).GeneralScale();

        // At 2^-1060 the values themselves keep 14 bits, exactly those that the oracle reads.
        Assert.Equal(1, Math.ScaleB(op.ScaleFor(MatrixStructure.General), -exponent) / expected, exponent > -1000 ? 1e-14 : 1e-3);
    }

    [Fact]
    public void ScaleFor_ZeroMatrices_IsZero()
    {
        using DenseOperator<double> op = DenseOperator<double>.FromRows(s_blas, 2, 2, 3, new double[12]);
        Assert.Equal(0, op.ScaleFor(MatrixStructure.General));
        Assert.Equal(0, op.ScaleFor(MatrixStructure.Symmetric));
    }

    [Fact]
    public void Gaussian_Entries_AreTheSeedsNormalsOverRootM()
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(s_blas, 3, 4, 5, 99);
        double[] x = new double[12];
        double[] z = [0, 0, 0, 1, 0];
        op.Adjoint(z, new MatrixSpan<double>(x, 3, 4), new double[op.ScratchLength(1)]);
        NormalGenerator generator = new(99);
        Assert.Equal(Enumerable.Range(0, 12).Select(j => generator.Normal((ulong)(36 + j)) * (1 / Math.Sqrt(5))), x);
    }

    /// <summary>For Gaussian A, m ||A(X)||^2 / ||X||^2 is chi-square of m degrees: four standard deviations of its mean.</summary>
    [Theory]
    [InlineData(12, 10, 400, 1)]
    [InlineData(20, 20, 1000, 2)]
    [InlineData(9, 30, 150, 3)]
    public void Gaussian_FixedLowRankMatrix_KeepsItsNorm(int rows, int columns, int measurements, ulong seed)
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(s_blas, rows, columns, measurements, seed);
        PlantedProblem<double> planted = PlantedProblem<double>.Create(op, new() { Rank = 3, ConditionNumber = 10, Seed = seed });
        double[] truth = ToArray(planted.Truth);
        double ratio = planted.Problem.Measurements.ToArray().Sum(v => v * v) / truth.Sum(v => v * v);
        Assert.True(Math.Abs(ratio - 1) <= 4 * Math.Sqrt(2.0 / measurements), $"||A(X)||^2 / ||X||^2 = {ratio}");
        Assert.Equal(1, op.ScaleFor(MatrixStructure.General), 4 * Math.Sqrt(2.0 / (rows * columns * measurements)));
    }

    [Fact]
    public void Fill_CalledInOrder_StoresWhatIsWritten()
    {
        List<int> order = [];
        using DenseOperator<double> op = DenseOperator<double>.Fill(s_blas, 2, 3, 4, (i, a) =>
        {
            order.Add(i);
            Assert.Equal(6, a.Length);
            a[i] = i + 1;
        });
        Assert.Equal([0, 1, 2, 3], order);
        Assert.Equal(Math.Sqrt(30.0 / 6), op.ScaleFor(MatrixStructure.General), 1e-15);
    }

    [Fact]
    public void FromRows_WrongNumberOfValues_NamesBothNumbers()
    {
        string message = Assert.Throws<ArgumentException>(() => DenseOperator<double>.FromRows(s_blas, 2, 3, 4, new double[23])).Message;
        Assert.Contains("24", message, StringComparison.Ordinal);
        Assert.Contains("23", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void FromRows_ValueThatIsNotFinite_NamesItsPlace(double bad)
    {
        double[] values = new double[24];
        values[6 + 6 + 5] = bad;
        string message = Assert.Throws<ArgumentException>(() => DenseOperator<double>.FromRows(s_blas, 2, 3, 4, values)).Message;
        Assert.Contains("(1, 2)", message, StringComparison.Ordinal);
        Assert.Contains("matrix 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(3, 3, -1)]
    [InlineData(100_000, 100_000, 1)]
    public void Gaussian_ImpossibleSize_IsRefused(int rows, int columns, int measurements) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DenseOperator<double>.Gaussian(s_blas, rows, columns, measurements, 0));

    [Fact]
    public void Members_OnScratchOneShort_ThrowAndWriteNothing()
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(s_blas, 4, 4, 6, 0);
        double[] factor = Values(8);
        double[] residual = Values(6);
        double[] before = [.. residual];
        double[] scratch = new double[(2 * Scratch<double>.LengthOf(16)) - 1];
        double[] gradient = new double[8];
        Assert.Throws<ArgumentException>(() => op.SymmetricLossAndGradient(
            new(factor, 4, 2), new double[6], residual, new MatrixSpan<double>(gradient, 4, 2), scratch));
        Assert.Equal(before, residual);
    }

    [Theory]
    [InlineData(512, 520)]
    [InlineData(1024, 1032)]
    [InlineData(511, 520)]
    [InlineData(513, 520)]
    [InlineData(10, 16)]
    public void RowStride_OfAnyLength_IsWholeLinesButNotWholePages(int length, int expected) =>
        Assert.Equal(expected, DenseStorage<double>.RowStride(length));

    [Fact]
    public void Selection_AfterItsOperatorIsDisposed_ThrowsRatherThanReads()
    {
        DenseOperator<double> op = DenseOperator<double>.Gaussian(s_blas, 3, 3, 4, 0);
        IMeasurementOperator<double> selection = op.Select([1, 2]);
        ((IDisposable)selection).Dispose();
        double[] x = new double[9];
        double[] scratch = new double[op.ScratchLength(1)];
        op.Adjoint(new double[4], new MatrixSpan<double>(x, 3, 3), scratch);
        op.Dispose();
        Assert.Throws<ObjectDisposedException>(() => selection.Adjoint(new double[2], new MatrixSpan<double>(x, 3, 3), scratch));
    }

    /// <summary>Rows are worked on four at a time; what fills up the last block must not make NaN of infinity.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Adjoint_OfAnInfiniteNumber_IsInfinite(int count)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 9 * count)];
        using DenseOperator<double> op = DenseOperator<double>.FromRows(new ManagedBlas<double>(), 3, 3, count, ones);
        double[] z = new double[count];
        z[count / 4 * 4] = double.PositiveInfinity;
        double[] x = new double[9];
        op.Adjoint(z, new MatrixSpan<double>(x, 3, 3), new double[op.ScratchLength(1)]);
        Assert.All(x, value => Assert.Equal(double.PositiveInfinity, value));
    }

    [Fact]
    public void LossAndGradient_OnAnotherBlas_AgreesWithTheManagedOne()
    {
        using DenseOperator<double> managed = DenseOperator<double>.Gaussian(s_blas, 9, 7, 20, 5);
        using DenseOperator<double> naive = DenseOperator<double>.Gaussian(new NaiveBlas<double>(), 9, 7, 20, 5);
        NaiveSensing none = new([], 9, 7);
        using OperatorTrial<double> first = new(new OperatorCase<double>(managed, none), 3);
        using OperatorTrial<double> second = new(new OperatorCase<double>(naive, none), 3);
        Assert.Equal(first.LossAndGradient(), second.LossAndGradient(), 1e-11);
        Assert.Equal("naive", naive.Blas.Name);
    }

    private static double[] Values(int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private static double[] ToArray(ReadOnlyMatrixSpan<double> x)
    {
        double[] values = new double[x.Rows * x.Columns];
        x.CopyTo(new MatrixSpan<double>(values, x.Rows, x.Columns));
        return values;
    }
}
