using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>What is particular to sampled entries: the order of the measurements, what is refused, and the memory asked for.</summary>
public class EntrySamplingOperatorTests
{
    private static readonly ManagedBlas<double> s_blas = new();

    [Fact]
    public void Forward_EntriesInAnyOrder_KeepsTheGivenOrder()
    {
        EntrySamplingOperator<double> op = new(s_blas, 3, 4, [2, 0, 2, 1], [3, 1, 0, 2]);
        double[] x = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        double[] unit = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        double[] y = new double[4];
        op.Forward(new(new(x, 3, 4), new(unit, 4, 4)), y, new double[op.ScratchLength(4)]);
        Assert.Equal([11, 1, 8, 6], y);
    }

    [Theory]
    [InlineData(3, 0, "(3, 0)")]
    [InlineData(-1, 0, "(-1, 0)")]
    [InlineData(0, 4, "(0, 4)")]
    [InlineData(0, -2, "(0, -2)")]
    public void Constructor_EntryOutsideTheShape_IsNamedWithTheShape(int row, int column, string entry)
    {
        string message = Assert.Throws<ArgumentException>(() => new EntrySamplingOperator<double>(s_blas, 3, 4, [1, row], [1, column])).Message;
        Assert.Contains(entry, message, StringComparison.Ordinal);
        Assert.Contains("Entry 1 ", message, StringComparison.Ordinal);
        Assert.Contains("3 x 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_EntryGivenTwice_IsNamedWithBothPlaces()
    {
        string message = Assert.Throws<ArgumentException>(
            () => new EntrySamplingOperator<double>(s_blas, 3, 4, [2, 0, 1, 0, 2], [3, 1, 0, 2, 3])).Message;
        Assert.Contains("(2, 3)", message, StringComparison.Ordinal);
        Assert.Contains("number 0", message, StringComparison.Ordinal);
        Assert.Contains("number 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ListsOfTwoLengths_NamesBoth()
    {
        string message = Assert.Throws<ArgumentException>(() => new EntrySamplingOperator<double>(s_blas, 3, 4, [2, 0, 1], [3, 1])).Message;
        Assert.Contains("3", message, StringComparison.Ordinal);
        Assert.Contains("2", message, StringComparison.Ordinal);
    }

    /// <summary>A matrix of 10^10 entries has no place in memory: only the sampled ones are worked on.</summary>
    [Fact]
    public void LossAndGradient_HugeShape_NeedsMemoryForThinMatricesOnly()
    {
        const int Rows = 100_000;
        const int Columns = 100_000;
        EntrySamplingOperator<double> op = new(s_blas, Rows, Columns, [0, Rows - 1, 17], [Columns - 1, 0, 23]);
        double[] scratch = new double[op.ScratchLength(2)];
        Assert.True(scratch.Length <= 8 * 3 * (Rows + Columns));
        double[] left = new double[2 * Rows];
        double[] right = new double[2 * Columns];
        Array.Fill(left, 1);
        Array.Fill(right, 2);
        double[] residual = new double[3];
        double[] gradientLeft = new double[left.Length];
        double[] gradientRight = new double[right.Length];
        double loss = op.LossAndGradient(
            new(new(left, Rows, 2), new(right, Columns, 2)), new double[3], residual, new(gradientLeft, Rows, 2), new(gradientRight, Columns, 2), scratch);
        Assert.Equal(24, loss);
        Assert.Equal([4, 4, 4], residual);
        Assert.Equal(48, gradientLeft.Sum());
        Assert.Equal(24, gradientRight.Sum());
    }

    [Fact]
    public void ScaleFor_AllEntries_IsOne()
    {
        int[] rows = [.. Enumerable.Range(0, 25).Select(e => e / 5)];
        int[] columns = [.. Enumerable.Range(0, 25).Select(e => e % 5)];
        EntrySamplingOperator<float> op = new(new ManagedBlas<float>(), 5, 5, rows, columns);
        Assert.Equal(1, op.ScaleFor(MatrixStructure.General));
        Assert.Equal(1, op.ScaleFor(MatrixStructure.Symmetric));
    }
}
