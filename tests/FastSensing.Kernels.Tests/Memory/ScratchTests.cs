using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>The bump allocator: disjoint aligned pieces, exactly as many as LengthOf promises.</summary>
public sealed class ScratchTests
{
    [Fact]
    public unsafe void Take_SumOfLengths_IsExactlyEnough()
    {
        int[] lengths = [0, 1, 7, 8, 9, 64, 100];
        int total = lengths.Sum(Scratch<double>.LengthOf) + Scratch<double>.LengthOf(3, 5);
        using var memory = new AlignedBuffer<double>(total);
        var scratch = new Scratch<double>(memory.Span);
        foreach (int length in lengths)
        {
            Span<double> piece = scratch.Take(length);
            Assert.Equal(length, piece.Length);
            Assert.False(piece.ContainsAnyExcept(0));
            Assert.Equal(0, (nint)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(piece)) % 64);
            piece.Fill(length);
        }

        MatrixSpan<double> matrix = scratch.TakeMatrix(3, 5);
        Assert.Equal((3, 5, 5, 1), (matrix.Rows, matrix.Columns, matrix.RowStride, matrix.ColumnStride));
        Assert.True(scratch.Rest.IsEmpty);
    }

    [Fact]
    public void Take_MoreThanIsLeft_ThrowsWithBothNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() =>
        {
            var scratch = new Scratch<double>(new double[16]);
            scratch.Take(9);
            scratch.Take(1);
        });
        Assert.Contains("0 elements left, 8 are needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_ShortMemory_LeavesTheScratchAsItWas()
    {
        var scratch = new Scratch<float>(new float[40]);
        try
        {
            scratch.Take(41);
            Assert.Fail("41 elements were taken from 40");
        }
        catch (ArgumentException)
        {
            Assert.Equal(40, scratch.Rest.Length);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    public void LengthOf_Doubles_IsWholeCacheLines(int length, int expected)
    {
        Assert.Equal(expected, Scratch<double>.LengthOf(length));
        Assert.Equal(2 * expected, Scratch<float>.LengthOf(2 * length));
    }

    [Fact]
    public void LengthOf_SizesBeyondInt_Throws()
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => Scratch<double>.LengthOf(50_000, 50_000)).Message;
        Assert.Contains("50000 x 50000", message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => Scratch<double>.LengthOf(65_536, 65_536));
        Assert.ThrowsAny<ArgumentException>(() => Scratch<double>.LengthOf(int.MaxValue));
        Assert.ThrowsAny<ArgumentException>(() => new Scratch<double>(new double[8]).TakeMatrix(65_536, 65_536).Rows);
    }
}
