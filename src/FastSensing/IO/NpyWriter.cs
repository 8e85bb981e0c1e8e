using System.Runtime.InteropServices;

namespace FastSensing.IO;

/// <summary>Writes one array piece by piece: the header at once, then exactly as many elements as the shape says.</summary>
/// <typeparam name="T">float, double, byte, int or long.</typeparam>
public sealed class NpyWriter<T> : IDisposable
    where T : unmanaged
{
    private const int ChunkLength = 64 * 1024;
    private const int LongestWrite = 1 << 30; // In bytes: a span of them counts in int, an array of T need not fit.
    private readonly Stream _stream;
    private readonly NpyHeader _header;
    private readonly string _name;
    private readonly Stream? _owned;
    private long _remaining;
    private byte[]? _chunk;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Written to from its position on.</param>
    /// <param name="header">Its type must be T.</param>
    /// <param name="name">For messages.</param>
    /// <param name="owned">What to close at the end, if anything.</param>
    internal NpyWriter(Stream stream, NpyHeader header, string name, Stream? owned = null)
    {
        if (header.Type != DTypes.Of<T>())
        {
            throw new ArgumentException($"The header says {DTypes.NameOf(header.Type)} and the elements are {DTypes.NameOf(DTypes.Of<T>())}.", nameof(header));
        }

        _stream = stream;
        _header = header;
        _name = name;
        _owned = owned;
        _remaining = header.Count;
        stream.Write(header.Encode());
    }

    /// <summary>Writes the next elements, in the order that the header states.</summary>
    /// <param name="elements">At most as many as are missing.</param>
    /// <exception cref="ArgumentException">More than the shape has room for.</exception>
    public void Write(ReadOnlySpan<T> elements)
    {
        if (elements.Length > _remaining)
        {
            throw new ArgumentException($"{_name}: {elements.Length} elements, and the shape {ArrayShape.Format(_header.Shape)} has room for {_remaining} more.", nameof(elements));
        }

        _remaining -= elements.Length;
        int longest = LongestWrite / DTypes.SizeOf(_header.Type);
        for (; elements.Length > longest; elements = elements[longest..])
        {
            WriteBytes(MemoryMarshal.AsBytes(elements[..longest]));
        }

        WriteBytes(MemoryMarshal.AsBytes(elements));
    }

    /// <summary>Ends the array.</summary>
    /// <exception cref="InvalidOperationException">Elements are missing.</exception>
    public void Complete()
    {
        if (_remaining > 0)
        {
            throw new InvalidOperationException($"{_name}: {_remaining} elements of the shape {ArrayShape.Format(_header.Shape)} were not written.");
        }

        _owned?.Dispose();
    }

    /// <summary>Closes the member; what lacks elements is not a valid array.</summary>
    public void Dispose() => _owned?.Dispose();

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (!_header.NeedsSwap)
        {
            _stream.Write(bytes);
            return;
        }

        _chunk ??= new byte[ChunkLength];
        while (!bytes.IsEmpty)
        {
            Span<byte> chunk = _chunk.AsSpan(0, Math.Min(bytes.Length, ChunkLength));
            bytes[..chunk.Length].CopyTo(chunk);
            DTypes.ReverseBytes(chunk, DTypes.SizeOf(_header.Type));
            _stream.Write(chunk);
            bytes = bytes[chunk.Length..];
        }
    }
}
