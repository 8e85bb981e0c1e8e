using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>The arithmetic of layouts against brute force over every small one: element sets as bit masks.</summary>
public sealed class MatrixLayoutTests
{
    private const int ElementSize = 8;

    [Fact]
    public void AliasesItself_EverySmallLayout_IsWhatBruteForceSays()
    {
        foreach (MatrixShape shape in Shapes(maximumSize: 5, maximumStride: 12))
        {
            int distinct = System.Numerics.BitOperations.PopCount((ulong)Elements(shape)) + System.Numerics.BitOperations.PopCount((ulong)(Elements(shape) >> 64));
            bool aliases = distinct < shape.Rows * shape.Columns;
            Assert.True(aliases == MatrixLayout.AliasesItself(shape.Rows, shape.Columns, shape.RowStride, shape.ColumnStride), $"{shape}: {aliases}");
        }
    }

    [Fact]
    public void Overlaps_EveryPairOfSmallLayouts_NeverMissesASharedElement()
    {
        MatrixShape[] shapes = [.. Shapes(maximumSize: 3, maximumStride: 5)];
        foreach (MatrixShape first in shapes)
        {
            foreach (MatrixShape second in shapes)
            {
                for (int offset = -22; offset <= 22; offset++)
                {
                    bool expected = SharesElement(first, second, offset);
                    bool actual = MatrixLayout.Overlaps(offset * ElementSize, ElementSize, first, second);
                    bool correct = actual == expected || (actual && !MustBeExact(first, second, offset));
                    if (!correct)
                    {
                        Assert.Fail($"{first} and {second} at offset {offset}: {actual}, brute force says {expected}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Overlaps_BlocksOfOneMatrix_IsExact()
    {
        for (int mask = 0; mask < 6 * 6 * 6 * 6; mask++)
        {
            (int row, int column, int row2, int column2) = (mask % 6, mask / 6 % 6, mask / 36 % 6, mask / 216);
            for (int size = 1; size <= 6; size++)
            {
                var first = new MatrixShape(Math.Min(size, 6 - row), Math.Min(2, 6 - column), 6, 1);
                var second = new MatrixShape(Math.Min(3, 6 - row2), Math.Min(size, 6 - column2), 6, 1);
                int offset = ((row2 - row) * 6) + column2 - column;
                bool expected = SharesElement(first, second, offset);
                Assert.True(expected == MatrixLayout.Overlaps(offset * ElementSize, ElementSize, first, second), $"{first}, {second}, {offset}");
                var turned = new MatrixShape(second.Columns, second.Rows, 1, 6);
                Assert.True(expected == MatrixLayout.Overlaps(offset * ElementSize, ElementSize, first, turned), $"{first}, {turned}, {offset}");
            }
        }
    }

    [Fact]
    public void Overlaps_OffsetInsideAnElement_CountsAsOverlap()
    {
        var shape = new MatrixShape(2, 2, 2, 1);
        Assert.True(MatrixLayout.Overlaps((3 * ElementSize) + 4, ElementSize, shape, shape));
        Assert.True(MatrixLayout.Overlaps((-3 * ElementSize) - 4, ElementSize, shape, shape));
        Assert.False(MatrixLayout.Overlaps(4 * ElementSize, ElementSize, shape, shape));
        Assert.False(MatrixLayout.Overlaps(-4 * ElementSize, ElementSize, shape, shape));
    }

    [Fact]
    public void RequiredLength_LargestArguments_IsExact()
    {
        foreach (int size in (int[])[1, 2, 46_341, int.MaxValue])
        {
            foreach (int stride in (int[])[0, 1, 65_536, int.MaxValue])
            {
                Int128 expected = ((Int128)(size - 1) * stride) + ((Int128)(size - 1) * stride) + 1;
                Assert.Equal(expected, MatrixLayout.RequiredLength(size, size, stride, stride));
            }
        }

        Assert.Equal(0, MatrixLayout.RequiredLength(0, int.MaxValue, int.MaxValue, 1));
        Assert.Equal(0, MatrixLayout.RequiredLength(int.MaxValue, 0, int.MaxValue, 1));
    }

    private static IEnumerable<MatrixShape> Shapes(int maximumSize, int maximumStride)
    {
        for (int rows = 0; rows <= maximumSize; rows++)
        {
            for (int columns = 0; columns <= maximumSize; columns++)
            {
                for (int rowStride = 0; rowStride <= maximumStride; rowStride++)
                {
                    for (int columnStride = 0; columnStride <= maximumStride; columnStride++)
                    {
                        yield return new MatrixShape(rows, columns, rowStride, columnStride);
                    }
                }
            }
        }
    }

    private static UInt128 Elements(in MatrixShape shape)
    {
        UInt128 mask = 0;
        for (int i = 0; i < shape.Rows; i++)
        {
            for (int j = 0; j < shape.Columns; j++)
            {
                mask |= UInt128.One << ((i * shape.RowStride) + (j * shape.ColumnStride));
            }
        }

        return mask;
    }

    private static bool SharesElement(in MatrixShape first, in MatrixShape second, int offset) => offset >= 0
        ? (Elements(first) & (Elements(second) << offset)) != 0
        : ((Elements(first) << -offset) & Elements(second)) != 0;

    /// <summary>Blocks of one matrix (equal or swapped strides, rows that do not reach into each other) and disjoint address ranges.</summary>
    private static bool MustBeExact(in MatrixShape first, in MatrixShape second, int offset)
    {
        if (offset >= Length(first) || -offset >= Length(second))
        {
            return true;
        }

        MatrixShape a = first.MajorFirst();
        MatrixShape b = second.MajorFirst();
        return a.RowStride == b.RowStride && a.ColumnStride == b.ColumnStride && a.ColumnStride > 0
            && (Math.Max(a.Columns, b.Columns) - 1) * a.ColumnStride < a.RowStride;
    }

    private static long Length(in MatrixShape shape) => MatrixLayout.RequiredLength(shape.Rows, shape.Columns, shape.RowStride, shape.ColumnStride);
}
