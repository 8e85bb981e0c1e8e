using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// A zeroed block of native memory whose first element lies on a cache line (64 bytes). Managed arrays are only 8-byte
/// aligned, so every 64-byte load of theirs would split a line.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Lengths go beyond 2^31 - 1 elements; spans cannot, so long buffers are read in pieces by
/// <see cref="Slice(nint, int)"/>. A span taken from the buffer must not be used after <see cref="Dispose"/>. A buffer
/// that is never disposed is released when its handle is finalized.
/// </remarks>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Alignment of the first element, in bytes.</summary>
    public const int Alignment = 64;

    private readonly BlockHandle _handle;

    /// <summary>Allocates <paramref name="length"/> zeroed elements.</summary>
    /// <param name="length">Number of elements, &gt;= 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more bytes than there are addresses.</exception>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public AlignedBuffer(nint length)
    {
        if (length < 0)
        {
            ThrowHelper.NegativeSize(nameof(length), length);
        }

        if (length > nint.MaxValue / sizeof(T))
        {
            throw new ArgumentOutOfRangeException(nameof(length), $"{length} elements are more bytes than there are addresses.");
        }

        Length = length;
        _handle = new BlockHandle((nuint)length * (nuint)sizeof(T));
    }

    /// <summary>Number of elements.</summary>
    public nint Length { get; }

    /// <summary>All elements; throws when there are more than a span can hold.</summary>
    public Span<T> Span => Slice(0, checked((int)Length));

    internal T* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return (T*)_handle.DangerousGetHandle();
        }
    }

    /// <summary><paramref name="length"/> elements from <paramref name="start"/> on.</summary>
    /// <param name="start">First element.</param>
    /// <param name="length">Number of elements.</param>
    public Span<T> Slice(nint start, int length)
    {
        if (start < 0 || length < 0 || start > Length - length)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"Elements {start}..{start + length} lie outside a buffer of {Length}.");
        }

        return new Span<T>(Pointer + start, length);
    }

    /// <summary>The first rows x columns elements as a dense row-major matrix.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public MatrixSpan<T> Matrix(int rows, int columns) => new(Span, rows, columns);

    /// <summary>Releases the memory. Spans taken from the buffer are invalid afterwards.</summary>
    public void Dispose() => _handle.Dispose();

    private sealed class BlockHandle : SafeHandle
    {
        private readonly nuint _bytes;

        public BlockHandle(nuint bytes)
            : base(0, ownsHandle: true)
        {
            _bytes = Math.Max(bytes, Alignment);
            SetHandle((nint)NativeMemory.AlignedAlloc(_bytes, Alignment));
            NativeMemory.Clear((void*)handle, _bytes);
            GC.AddMemoryPressure(checked((long)_bytes));
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            GC.RemoveMemoryPressure((long)_bytes);
            return true;
        }
    }
}
