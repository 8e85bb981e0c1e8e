namespace FastSensing.IO;

/// <summary>
/// Hands on what it reads and keeps the CRC-32 of it (polynomial 0xEDB88320, as ZIP uses it), which the ZIP reader of
/// the base library does not check.
/// </summary>
internal sealed class Crc32Stream(Stream inner) : Stream
{
    private const int Lanes = 8;
    private static readonly uint[] Table = MakeTable();
    private uint _register = uint.MaxValue;

    /// <summary>The checksum of all bytes read so far.</summary>
    public uint Value => ~_register;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        _register = Update(_register, buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Eight bytes a turn, each through its own table: about six times the speed of one byte a turn.</summary>
    private static uint Update(uint register, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> table = Table;
        while (bytes.Length >= Lanes)
        {
            uint low = register ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            register = table[1792 + (byte)low] ^ table[1536 + (byte)(low >> 8)]
                ^ table[1280 + (byte)(low >> 16)] ^ table[1024 + (int)(low >> 24)]
                ^ table[768 + bytes[4]] ^ table[512 + bytes[5]] ^ table[256 + bytes[6]] ^ table[bytes[7]];
            bytes = bytes[Lanes..];
        }

        foreach (byte value in bytes)
        {
            register = table[(byte)(register ^ value)] ^ (register >> 8);
        }

        return register;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[Lanes * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint register = value;
            for (int bit = 0; bit < 8; bit++)
            {
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xEDB88320u;
            }

            table[value] = register;
        }

        for (int i = 256; i < table.Length; i++)
        {
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        }

        return table;
    }
}
