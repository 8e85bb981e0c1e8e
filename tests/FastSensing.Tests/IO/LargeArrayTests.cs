using System.Runtime.InteropServices;
using FastSensing.IO;
using FastSensing.Testing.Skipping;

namespace FastSensing.Tests.IO;

/// <summary>Arrays of more bytes than a span counts: written and read through streams that keep nothing.</summary>
public sealed class LargeArrayTests
{
    private const int Count = (1 << 28) + 3; // Doubles: 2 GiB and 24 bytes.

    [LargeMemoryFact]
    public void WriteAndRead_OfMoreThanTwoGiB_MoveEveryElement()
    {
        double[] elements = new double[Count];
        (elements[0], elements[1 << 27], elements[^1]) = (1, 2, 3);
        NpyHeader header = new(DType.Float64, [Count]);
        using (RecordingStream sink = new())
        {
            using NpyWriter<double> writer = new(sink, header, "large");
            writer.Write(elements);
            writer.Complete();
            Assert.Equal(header.Encode().Length + header.DataLength, sink.Length);
            Assert.InRange(sink.LongestWrite, 1, 1 << 30);
            Assert.Equal([1.0, 2.0, 3.0], sink.Seen);
        }

        elements.AsSpan().Clear();
        long length = header.Encode().Length + header.DataLength;
        using NpyReader reader = new(new RepeatingStream(header.Encode(), length), new ArrayOrigin("large"), length);
        reader.Read<double>(elements);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal((1.0, 1.0, 1.0), (elements[0], elements[1 << 28], elements[^1]));
    }

    /// <summary>Counts what is written and keeps the numbers that are not zero.</summary>
    private sealed class RecordingStream : Stream
    {
        private long _length;
        private bool _headerSeen;

        public List<double> Seen { get; } = [];

        public int LongestWrite { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            (_length, LongestWrite) = (_length + buffer.Length, Math.Max(LongestWrite, buffer.Length));
            ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(buffer);
            for (int at = _headerSeen ? numbers.IndexOfAnyExcept(0.0) : -1; at >= 0; at = numbers.IndexOfAnyExcept(0.0))
            {
                Seen.Add(numbers[at]);
                numbers = numbers[(at + 1)..];
            }

            _headerSeen = true;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }

    /// <summary>A header, then ones as float64 up to a length.</summary>
    private sealed class RepeatingStream(byte[] header, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - _position);
            if (_position < header.Length)
            {
                count = (int)Math.Min(count, header.Length - _position);
                header.AsSpan((int)_position, count).CopyTo(buffer);
            }
            else
            {
                count = count > 8 ? count & ~7 : count; // The reader asks for whole elements, so this keeps them whole.
                MemoryMarshal.Cast<byte, double>(buffer[..count]).Fill(1.0);
            }

            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
