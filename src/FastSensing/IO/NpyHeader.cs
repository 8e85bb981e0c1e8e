using System.Buffers.Binary;
using System.Text;

namespace FastSensing.IO;

/// <summary>
/// What an npy file says before its data: element type, shape, order, byte order and format version. Headers are read
/// from at most 16 KiB and never evaluated.
/// </summary>
public sealed class NpyHeader
{
    /// <summary>Longest header text that is read, in bytes; longer ones are refused before anything is allocated.</summary>
    public const int MaximumLength = 16 * 1024;

    private const int Alignment = 64;
    private readonly int[] _shape;

    /// <summary>States a header.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Lengths of the axes, each >= 0; empty for a single number.</param>
    /// <param name="order">Which index runs fastest in the data.</param>
    /// <param name="byteOrder">Byte order of the data; null for that of this machine.</param>
    /// <param name="version">1, 2 or 3.</param>
    /// <exception cref="ArgumentException">A negative length, a size beyond 2^63 - 1 bytes, an unknown version.</exception>
    public NpyHeader(
        DType type,
        ReadOnlySpan<int> shape,
        ArrayOrder order = ArrayOrder.RowMajor,
        ByteOrder? byteOrder = null,
        int version = 1)
    {
        foreach (int length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
        }

        if (!ArrayShape.TryCount(shape, DTypes.SizeOf(type), out long count))
        {
            throw new ArgumentException($"An array of shape {ArrayShape.Format(shape)} is larger than 2^63 - 1 bytes.", nameof(shape));
        }

        if (version is < 1 or > 3)
        {
            throw new ArgumentOutOfRangeException(nameof(version), $"Version {version}; the npy format has versions 1, 2 and 3.");
        }

        Type = type;
        _shape = shape.ToArray();
        Order = order;
        ByteOrder = byteOrder ?? HostByteOrder;
        Version = version;
        Count = count;
    }

    /// <summary>Element type.</summary>
    public DType Type { get; }

    /// <summary>Lengths of the axes; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Which index runs fastest in the data.</summary>
    public ArrayOrder Order { get; }

    /// <summary>Byte order of the data.</summary>
    public ByteOrder ByteOrder { get; }

    /// <summary>Version of the format: 1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Number of bytes of the data.</summary>
    public long DataLength => Count * DTypes.SizeOf(Type);

    internal static ByteOrder HostByteOrder => BitConverter.IsLittleEndian ? ByteOrder.LittleEndian : ByteOrder.BigEndian;

    internal bool NeedsSwap => ByteOrder != HostByteOrder && DTypes.SizeOf(Type) > 1;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Throws <see cref="ArgumentException"/> unless an array written at once has as many elements as the shape says.</summary>
    internal void RequireCount(int elements, string array)
    {
        if (elements != Count)
        {
            throw new ArgumentException($"{array}: {elements} elements are given and the shape {ArrayShape.Format(_shape)} has {Count}.", nameof(elements));
        }
    }

    /// <summary>Reads magic, version, length and text from the current position; throws <see cref="FormatException"/>.</summary>
    internal static NpyHeader Read(Stream stream, out int bytesRead)
    {
        Span<byte> start = stackalloc byte[12];
        Fill(stream, start[..8]);
        if (!start.StartsWith(Magic))
        {
            throw new FormatException("it is not an npy array: the first six bytes are wrong");
        }

        int version = start[6];
        if (version is < 1 or > 3 || start[7] != 0)
        {
            throw new FormatException($"its npy format version is {start[6]}.{start[7]}; 1.0, 2.0 and 3.0 are read");
        }

        int lengthBytes = version == 1 ? 2 : 4;
        Fill(stream, start.Slice(8, lengthBytes));
        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaximumLength)
        {
            throw new FormatException($"its header claims {length} bytes; at most {MaximumLength} are read");
        }

        byte[] text = new byte[length];
        Fill(stream, text);
        bytesRead = 8 + lengthBytes + text.Length;
        return new NpyHeaderParser(Encoding.Latin1.GetString(text)).Parse(version);
    }

    /// <summary>The bytes in front of the data; their number is a multiple of 64.</summary>
    internal byte[] Encode()
    {
        char order = DTypes.SizeOf(Type) == 1 ? '|' : ByteOrder == ByteOrder.LittleEndian ? '<' : '>';
        string text = $"{{'descr': '{order}{DTypes.CodeOf(Type)}', 'fortran_order': {(Order == ArrayOrder.ColumnMajor ? "True" : "False")}, "
            + $"'shape': {ArrayShape.Format(_shape)}, }}";
        int prefix = Version == 1 ? 10 : 12;
        int total = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[6] = (byte)Version;
        bytes[7] = 0;
        if (Version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), checked((ushort)(total - prefix)));
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)(total - prefix));
        }

        Encoding.ASCII.GetBytes(text, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static void Fill(Stream stream, Span<byte> destination)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw new FormatException("it ends inside the npy header");
        }
    }
}
