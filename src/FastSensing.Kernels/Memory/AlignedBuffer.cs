using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// A zeroed block of memory whose first element lies on a cache line (64 bytes). Managed arrays are only 8-byte aligned,
/// so every 64-byte load of theirs would split a line.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Up to <see cref="Array.MaxLength"/> elements the block lies inside a pinned array: a span taken from it keeps it
/// alive, also after <see cref="Dispose"/>, which merely lets go of it. Longer blocks are native memory, read in pieces by
/// <see cref="Slice(nint, int)"/>: their spans are invalid once the buffer is disposed or no longer referenced.
/// </remarks>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Alignment of the first element, in bytes.</summary>
    public const int Alignment = 64;

    private readonly BlockHandle? _handle;
    private readonly int _offset;
    private T[]? _array;

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
        int padding = Alignment / sizeof(T);
        if (length <= Array.MaxLength - padding)
        {
            _array = GC.AllocateArray<T>((int)length + padding, pinned: true);
            nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
            _offset = (int)((((address + Alignment - 1) & ~(Alignment - 1)) - address) / sizeof(T));
        }
        else
        {
            _handle = new BlockHandle((nuint)length * (nuint)sizeof(T));
        }
    }

    /// <summary>Number of elements.</summary>
    public nint Length { get; }

    /// <summary>All elements; throws when there are more than a span can hold.</summary>
    public Span<T> Span => Slice(0, checked((int)Length));

    /// <summary>The first element, 64-byte aligned; whoever uses it keeps the buffer alive meanwhile.</summary>
    internal T* Pointer
    {
        get
        {
            ThrowIfDisposed();
            return _array is null
                ? (T*)_handle!.DangerousGetHandle()
                : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array)) + _offset;
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

        ThrowIfDisposed();
        return _array is null ? new Span<T>(Pointer + start, length) : _array.AsSpan(_offset + (int)start, length);
    }

    /// <summary>The first rows x columns elements as a dense row-major matrix.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public MatrixSpan<T> Matrix(int rows, int columns) => new(Span, rows, columns);

    /// <summary>Lets go of the memory; the buffer cannot be used any more.</summary>
    public void Dispose()
    {
        _array = null;
        _handle?.Dispose();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_array is null && _handle is null or { IsClosed: true }, this);

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
