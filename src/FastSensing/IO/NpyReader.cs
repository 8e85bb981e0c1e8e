using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.IO;

/// <summary>
/// One npy array, read front to back: first what it is (<see cref="Header"/>), then its elements into spans of the
/// caller, converted to the caller's type and always in C order. So an array larger than a span goes to native memory
/// piece by piece.
/// </summary>
/// <remarks>
/// <para>Conversions: float64 rounds to float32; integers convert exactly to any integer type that holds them and round
/// to a floating-point type; a floating-point array is not read as integers.</para>
/// <para>Memory: 64 KiB; an array in Fortran order is first read whole, because C order needs its last byte early.</para>
/// <para>Errors: <see cref="InvalidDataException"/>, one line that names file and array, for everything that is wrong
/// with the content; <see cref="IOException"/> for what is wrong with the disk.</para>
/// </remarks>
public sealed class NpyReader : IDisposable
{
    private const int ChunkLength = 64 * 1024;
    private const int LongestRead = 1 << 30; // In bytes: a span of them counts in int, an array of T need not fit.
    private readonly Stream _stream;
    private readonly ArrayOrigin _origin;
    private readonly uint? _checksum;
    private byte[]? _chunk;
    private ColumnMajorArray? _columnMajor;

    /// <summary>Takes over <paramref name="stream"/>, which stands at the magic bytes.</summary>
    /// <param name="stream">The bytes of one array and nothing else.</param>
    /// <param name="origin">For messages.</param>
    /// <param name="length">How many bytes the stream is said to have.</param>
    /// <param name="checksum">CRC-32 to verify behind the last byte; the stream is then a <see cref="Crc32Stream"/>.</param>
    internal NpyReader(Stream stream, ArrayOrigin origin, long length, uint? checksum = null)
    {
        _stream = stream;
        _origin = origin;
        _checksum = checksum;
        try
        {
            Header = NpyHeader.Read(stream, out int headerLength);
            if (Header.DataLength != length - headerLength)
            {
                throw new FormatException(
                    $"its shape {ArrayShape.Format(Header.Shape)} of {DTypes.NameOf(Header.Type)} needs {Header.DataLength} bytes of data and it has {length - headerLength}");
            }
        }
        catch (FormatException wrong)
        {
            stream.Dispose();
            throw origin.Refuse(wrong.Message, wrong);
        }
        catch (InvalidDataException wrong)
        {
            stream.Dispose();
            throw origin.Refuse("its compressed data are damaged", wrong);
        }

        Remaining = Header.Count;
        if (Remaining == 0)
        {
            Finish();
        }
    }

    /// <summary>Element type, shape and order.</summary>
    public NpyHeader Header { get; }

    /// <summary>Elements not yet read.</summary>
    public long Remaining { get; private set; }

    /// <summary>Reads the next elements, in C order whatever the order of the file.</summary>
    /// <param name="destination">Filled completely; at most <see cref="Remaining"/> elements.</param>
    /// <exception cref="InvalidDataException">Truncated or damaged data; a value that T cannot hold.</exception>
    /// <exception cref="ArgumentException">More elements than remain.</exception>
    public void Read<T>(Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        if (destination.Length > Remaining)
        {
            throw new ArgumentException($"{destination.Length} elements are asked for and {Remaining} remain.", nameof(destination));
        }

        if (DTypes.IsFloatingPoint(Header.Type) && !DTypes.IsFloatingPoint(DTypes.Of<T>()))
        {
            throw _origin.Refuse($"it is {DTypes.NameOf(Header.Type)}, and integers are needed");
        }

        if (destination.IsEmpty)
        {
            return;
        }

        try
        {
            ReadElements(destination);
        }
        catch (OverflowException overflow)
        {
            throw _origin.Refuse($"it holds a number outside the range of {DTypes.NameOf(DTypes.Of<T>())}", overflow);
        }

        Remaining -= destination.Length;
        if (Remaining == 0 && _columnMajor is null)
        {
            Finish();
        }
    }

    /// <summary>Reads all remaining elements; the array grows as data arrive.</summary>
    /// <exception cref="InvalidDataException">As for Read; more elements than an array can hold.</exception>
    public T[] ReadToEnd<T>()
        where T : unmanaged, INumber<T>
    {
        if (Remaining > Array.MaxLength)
        {
            throw _origin.Refuse($"its {Remaining} elements are more than one .NET array holds");
        }

        T[] elements = new T[(int)Math.Min(Remaining, ChunkLength)];
        int read = 0;
        while (Remaining > 0)
        {
            if (read == elements.Length)
            {
                Array.Resize(ref elements, (int)Math.Min(2L * read, read + Remaining));
            }

            Read(elements.AsSpan(read));
            read = elements.Length;
        }

        return elements;
    }

    /// <summary>What to throw when the content is of no use: one line that names file and array.</summary>
    /// <param name="what">What is wrong, as "it ..." or "its ...", without a full stop.</param>
    public InvalidDataException Refuse(string what) => _origin.Refuse(what);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _columnMajor?.Dispose();
        _stream.Dispose();
    }

    private void ReadElements<T>(Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        int size = DTypes.SizeOf(Header.Type);
        bool asStored = DTypes.Of<T>() == Header.Type;
        if (Header.Order == ArrayOrder.RowMajor && asStored)
        {
            int longest = LongestRead / size;
            for (; destination.Length > longest; destination = destination[longest..])
            {
                ReadBytes(MemoryMarshal.AsBytes(destination[..longest]));
            }

            ReadBytes(MemoryMarshal.AsBytes(destination));
            return;
        }

        if (Header.Order == ArrayOrder.ColumnMajor && _columnMajor is null)
        {
            LoadColumnMajor(size);
        }

        _chunk ??= new byte[ChunkLength];
        while (!destination.IsEmpty)
        {
            int count = Math.Min(destination.Length, ChunkLength / size);
            Span<byte> bytes = _chunk.AsSpan(0, count * size);
            if (_columnMajor is null)
            {
                ReadBytes(bytes);
            }
            else
            {
                _columnMajor.ReadRowMajor(bytes);
            }

            DTypes.Convert(bytes, Header.Type, destination[..count]);
            destination = destination[count..];
        }
    }

    private void LoadColumnMajor(int size)
    {
        AlignedBuffer<byte> bytes = new(checked((nint)Header.DataLength));
        try
        {
            for (nint start = 0; start < bytes.Length; start += ChunkLength)
            {
                ReadBytes(bytes.Slice(start, (int)Math.Min(ChunkLength, bytes.Length - start)));
            }

            Finish();
        }
        catch
        {
            bytes.Dispose();
            throw;
        }

        _columnMajor = new ColumnMajorArray(bytes, Header.Shape, size);
    }

    /// <summary>Fills with stored bytes, brought to the byte order of this machine.</summary>
    private void ReadBytes(Span<byte> bytes)
    {
        int read;
        try
        {
            read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damaged)
        {
            throw _origin.Refuse("its compressed data are damaged", damaged);
        }

        if (read < bytes.Length)
        {
            throw _origin.Refuse($"it ends before its shape {ArrayShape.Format(Header.Shape)} is filled");
        }

        if (Header.NeedsSwap)
        {
            DTypes.ReverseBytes(bytes, DTypes.SizeOf(Header.Type));
        }
    }

    private void Finish()
    {
        int next;
        try
        {
            next = _stream.ReadByte();
        }
        catch (InvalidDataException damaged)
        {
            throw _origin.Refuse("its compressed data are damaged", damaged);
        }

        if (next >= 0)
        {
            throw _origin.Refuse("there are bytes behind its data");
        }

        if (_checksum is uint expected && ((Crc32Stream)_stream).Value != expected)
        {
            throw _origin.Refuse("its checksum is wrong: the data are damaged");
        }
    }
}
