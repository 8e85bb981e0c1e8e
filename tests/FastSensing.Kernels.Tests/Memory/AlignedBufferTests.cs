using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Skipping;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>The native block: aligned, zeroed, longer than a span, refused after Dispose.</summary>
public sealed class AlignedBufferTests
{
    [Fact]
    public unsafe void Constructor_AnyLength_IsAlignedAndZeroed()
    {
        for (int length = 0; length <= 300; length++)
        {
            using var buffer = new AlignedBuffer<float>(length);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(length, buffer.Span.Length);
            Assert.Equal(0, (nint)buffer.Pointer % AlignedBuffer<float>.Alignment);
            Assert.False(buffer.Span.ContainsAnyExcept(0f));
            buffer.Span.Fill(float.NaN);
        }
    }

    [Fact]
    public void Slice_InsideAndOutside_IsWhatTheBoundsSay()
    {
        using var buffer = new AlignedBuffer<double>(100);
        for (int i = 0; i < 100; i++)
        {
            buffer.Span[i] = i;
        }

        Assert.Equal([97, 98, 99], buffer.Slice(97, 3));
        Assert.True(buffer.Slice(100, 0).IsEmpty);
        Assert.Equal(55, buffer.Matrix(10, 10)[5, 5]);
        foreach ((nint start, int length) in ((nint, int)[])[(-1, 1), (0, -1), (98, 3), (101, 0), (nint.MaxValue, 1), (1, int.MaxValue)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => { _ = buffer.Slice(start, length); });
        }
    }

    [LargeMemoryFact]
    public void Constructor_MoreElementsThanASpanHolds_IsReadInPieces()
    {
        nint length = int.MaxValue;
        length += 100;
        using var buffer = new AlignedBuffer<byte>(length);
        Assert.Equal(length, buffer.Length);
        Assert.Throws<OverflowException>(() => { _ = buffer.Span; });
        Span<byte> end = buffer.Slice(length - 5, 5);
        end[4] = 7;
        Assert.Equal(7, buffer.Slice(length - 1, 1)[0]);
        Assert.True(Unsafe.AreSame(ref end[4], ref buffer.Slice(length - 1, 1)[0]));
    }

    [Fact]
    public void Constructor_NegativeOrImpossibleLength_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<double>(-1));
        Assert.Throws<OutOfMemoryException>(() => new AlignedBuffer<double>(nint.MaxValue / 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer<double>(nint.MaxValue));
    }

    [Fact]
    public void Dispose_Twice_IsFineAndUseAfterwardsThrows()
    {
        var buffer = new AlignedBuffer<double>(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = buffer.Span; });
        Assert.Throws<ObjectDisposedException>(() => { _ = buffer.Slice(0, 1); });
        Assert.Throws<ObjectDisposedException>(() => { _ = buffer.Matrix(2, 2); });
    }
}
