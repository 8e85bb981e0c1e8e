using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>Views: which element is where, which misuse is refused with which words.</summary>
public sealed class MatrixSpanTests
{
    private static readonly (int Row, int Column)[] Strides = [(4, 1), (7, 1), (1, 3), (1, 8), (9, 2), (2, 11), (0, 1), (0, 0)];

    [Fact]
    public void Indexer_EveryLayout_IsTheElementAtTheStrides()
    {
        double[] storage = Counting(100);
        foreach ((int rowStride, int columnStride) in Strides)
        {
            var view = new MatrixSpan<double>(storage, 3, 4, rowStride, columnStride);
            var readOnly = new ReadOnlyMatrixSpan<double>(storage, 3, 4, rowStride, columnStride);
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    double expected = (i * rowStride) + (j * columnStride);
                    Assert.Equal(expected, view[i, j]);
                    Assert.Equal(expected, readOnly[i, j]);
                    Assert.Equal(expected, view.AsReadOnly()[i, j]);
                    Assert.Equal(expected, view.Transpose()[j, i]);
                    Assert.Equal(expected, readOnly.Transpose()[j, i]);
                }
            }
        }
    }

    [Fact]
    public void Indexer_OutsideTheView_ThrowsWithTheShape()
    {
        double[] storage = Counting(100);
        foreach ((int row, int column) in ((int, int)[])[(-1, 0), (0, -1), (3, 0), (0, 4), (int.MinValue, 0), (int.MaxValue, int.MaxValue)])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => new MatrixSpan<double>(storage, 3, 4)[row, column]);
            Assert.Contains("3 x 4", error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => new ReadOnlyMatrixSpan<double>(storage, 3, 4)[row, column]);
        }
    }

    [Fact]
    public void Constructor_StorageOfExactlyTheRequiredLength_IsAcceptedAndOneLessRefused()
    {
        foreach ((int rowStride, int columnStride) in Strides)
        {
            int required = (2 * rowStride) + (3 * columnStride) + 1;
            _ = new MatrixSpan<double>(new double[required], 3, 4, rowStride, columnStride);
            var error = Assert.Throws<ArgumentException>(() => { _ = new MatrixSpan<double>(new double[required - 1], 3, 4, rowStride, columnStride); });
            Assert.Contains($"needs {required} elements, the storage has {required - 1}", error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => { _ = new ReadOnlyMatrixSpan<double>(new double[required - 1], 3, 4, rowStride, columnStride); });
        }
    }

    [Fact]
    public void Constructor_SizesWhoseProductExceeds32Bits_IsRefusedNotWrapped()
    {
        var storage = new float[16];
        var error = Assert.Throws<ArgumentException>(() => { _ = new MatrixSpan<float>(storage, 65_536, 65_537); });
        Assert.Contains("needs 4295032832 elements", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _ = new MatrixSpan<float>(storage, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue); });
        Assert.Throws<ArgumentException>(() => { _ = new ReadOnlyMatrixSpan<float>(storage, 2, 2, int.MaxValue, int.MaxValue); });
    }

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(0, -1, 0, 0)]
    [InlineData(1, 1, -1, 1)]
    [InlineData(1, 1, 1, -1)]
    public void Constructor_NegativeSizeOrStride_Throws(int rows, int columns, int rowStride, int columnStride)
    {
        var storage = new double[16];
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new MatrixSpan<double>(storage, rows, columns, rowStride, columnStride); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new ReadOnlyMatrixSpan<double>(storage, rows, columns, rowStride, columnStride); });
    }

    [Fact]
    public void Constructor_EmptyStorage_HoldsEveryEmptyShape()
    {
        foreach ((int rows, int columns) in ((int, int)[])[(0, 0), (0, 7), (7, 0), (0, int.MaxValue)])
        {
            var view = new MatrixSpan<double>([], rows, columns, 5, 3);
            Assert.True(view.IsEmpty);
            Assert.Equal((rows, columns), (view.Rows, view.Columns));
            Assert.Equal((columns, rows), (view.Transpose().Rows, view.Transpose().Columns));
        }

        Assert.False(new MatrixSpan<double>(new double[1], 1, 1).IsEmpty);
    }

    [Fact]
    public void Slice_EveryBlock_KeepsStridesAndElements()
    {
        double[] storage = Counting(200);
        foreach ((int rowStride, int columnStride) in Strides)
        {
            for (int block = 0; block < 4 * 5 * 4 * 5; block++)
            {
                (int row, int column) = (block % 4, block / 4 % 5);
                (int rows, int columns) = (Math.Min(block / 20 % 4, 3 - Math.Min(row, 3)), Math.Min(block / 80, 4 - Math.Min(column, 4)));
                MatrixSpan<double> slice = new MatrixSpan<double>(storage, 3, 4, rowStride, columnStride).Slice(row, column, rows, columns);
                ReadOnlyMatrixSpan<double> readOnly = new ReadOnlyMatrixSpan<double>(storage, 3, 4, rowStride, columnStride).Slice(row, column, rows, columns);
                Assert.Equal((rows, columns, rowStride, columnStride), (slice.Rows, slice.Columns, slice.RowStride, slice.ColumnStride));
                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        double expected = ((row + i) * rowStride) + ((column + j) * columnStride);
                        Assert.Equal(expected, slice[i, j]);
                        Assert.Equal(expected, readOnly[i, j]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, -1, 1, 1)]
    [InlineData(0, 0, -1, 1)]
    [InlineData(0, 0, 1, -1)]
    [InlineData(3, 0, 1, 1)]
    [InlineData(0, 4, 1, 1)]
    [InlineData(1, 0, 3, 1)]
    [InlineData(0, 1, 1, 4)]
    [InlineData(int.MaxValue, 0, 1, 1)]
    [InlineData(1, 0, int.MaxValue, 1)]
    [InlineData(4, 0, 0, 0)]
    public void Slice_OutsideTheView_Throws(int row, int column, int rows, int columns)
    {
        double[] storage = Counting(12);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new MatrixSpan<double>(storage, 3, 4).Slice(row, column, rows, columns); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new ReadOnlyMatrixSpan<double>(storage, 3, 4).Slice(row, column, rows, columns); });
    }

    [Fact]
    public void Row_UnitColumnStride_IsTheRow()
    {
        double[] storage = Counting(30);
        var view = new MatrixSpan<double>(storage, 3, 4, 7, 1);
        Assert.Equal([7, 8, 9, 10], view.Row(1));
        Assert.Equal([14, 15, 16, 17], view.AsReadOnly().Row(2));
        Assert.Equal([5], new MatrixSpan<double>(storage, 3, 1, 5, 9).Row(1));
        Assert.True(new MatrixSpan<double>(storage, 3, 0).Row(2).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new MatrixSpan<double>(storage, 3, 4).Row(3); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new MatrixSpan<double>(storage, 3, 4).Row(-1); });
        Assert.Throws<InvalidOperationException>(() => { _ = new MatrixSpan<double>(storage, 3, 4).Transpose().Row(0); });
        Assert.Throws<InvalidOperationException>(() => { _ = new ReadOnlyMatrixSpan<double>(storage, 3, 4, 8, 2).Row(0); });
    }

    [Fact]
    public void FillAndCopyTo_EveryPairOfLayouts_TouchTheElementsOnly()
    {
        (int Row, int Column)[] layouts = Strides[..6];
        foreach ((int rowStride, int columnStride) in layouts)
        {
            foreach ((int toRow, int toColumn) in layouts)
            {
                double[] source = Counting(60);
                var target = new double[60];
                new MatrixSpan<double>(target, 3, 4, toRow, toColumn).Fill(-1);
                Assert.Equal(12, target.Count(x => x == -1));
                new MatrixSpan<double>(source, 3, 4, rowStride, columnStride).CopyTo(new MatrixSpan<double>(target, 3, 4, toRow, toColumn));
                for (int at = 0; at < 60; at++)
                {
                    double expected = 0;
                    for (int element = 0; element < 12; element++)
                    {
                        (int i, int j) = (element / 4, element % 4);
                        expected = (i * toRow) + (j * toColumn) == at ? (i * rowStride) + (j * columnStride) : expected;
                    }

                    Assert.Equal(expected, target[at]);
                }
            }
        }
    }

    [Fact]
    public void CopyTo_OtherShapeOrOverlap_Throws()
    {
        double[] storage = Counting(40);
        var shapes = Assert.Throws<ArgumentException>(() => new MatrixSpan<double>(storage, 3, 4).CopyTo(new MatrixSpan<double>(new double[40], 4, 3)));
        Assert.Contains("3 x 4", shapes.Message, StringComparison.Ordinal);
        Assert.Contains("4 x 3", shapes.Message, StringComparison.Ordinal);
        var overlap = Assert.Throws<ArgumentException>(() => new MatrixSpan<double>(storage, 3, 4).CopyTo(new MatrixSpan<double>(storage.AsSpan(11), 3, 4)));
        Assert.Contains("overlap", overlap.Message, StringComparison.Ordinal);
        Assert.Equal(Counting(40), storage);
    }

    [Fact]
    public void Overlaps_ViewsOfOneArray_SeesAddresses()
    {
        double[] storage = Counting(100);
        var left = new MatrixSpan<double>(storage, 5, 4, 10, 1);
        Assert.False(left.Overlaps(new ReadOnlyMatrixSpan<double>(storage.AsSpan(4), 5, 6, 10, 1)));
        Assert.True(left.Overlaps(new ReadOnlyMatrixSpan<double>(storage.AsSpan(3), 5, 6, 10, 1)));
        Assert.True(new MatrixSpan<double>(storage.AsSpan(3), 5, 6, 10, 1).Overlaps(left));
        Assert.False(left.Overlaps(new ReadOnlyMatrixSpan<double>(Counting(100), 5, 4, 10, 1)));
        Assert.False(left.Overlaps(default));
        Assert.False(left.Overlaps(left.Slice(1, 1, 0, 2)));
    }

    private static double[] Counting(int length)
    {
        var values = new double[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = i;
        }

        return values;
    }
}
