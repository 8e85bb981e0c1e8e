using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// A bump allocator over memory that the caller owns: call-scoped temporaries without an allocation. Every routine that
/// takes scratch has a sister <c>...ScratchLength</c> built from LengthOf in the same order.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>Pieces are rounded up to whole cache lines, so from aligned memory every piece is aligned.</remarks>
public ref struct Scratch<T>
    where T : unmanaged
{
    private Span<T> _rest;

    /// <summary>Hands out pieces of <paramref name="memory"/>.</summary>
    /// <param name="memory">The memory, not zeroed.</param>
    public Scratch(Span<T> memory) => _rest = memory;

    /// <summary>What has not been handed out.</summary>
    public readonly Span<T> Rest => _rest;

    /// <summary>Elements that <see cref="Take(int)"/> uses up for a piece of <paramref name="length"/>.</summary>
    /// <param name="length">Length of the piece.</param>
    /// <exception cref="ArgumentException">More elements than a span can hold.</exception>
    public static int LengthOf(int length)
    {
        int line = AlignedBuffer<T>.Alignment / Unsafe.SizeOf<T>();
        long rounded = ((long)length + line - 1) / line * line;
        if (rounded > Array.MaxLength)
        {
            ThrowHelper.TooLarge(1, length);
        }

        return (int)rounded;
    }

    /// <summary>Elements that <see cref="TakeMatrix"/> uses up for a rows x columns piece.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentException">More elements than a span can hold; the message names the shape.</exception>
    public static int LengthOf(int rows, int columns)
    {
        if ((long)rows * columns > Array.MaxLength)
        {
            ThrowHelper.TooLarge(rows, columns);
        }

        return LengthOf(rows * columns);
    }

    /// <summary>A piece of <paramref name="length"/> elements with whatever they hold.</summary>
    /// <param name="length">Length of the piece.</param>
    public Span<T> Take(int length)
    {
        int used = LengthOf(length);
        if (used > _rest.Length)
        {
            ThrowHelper.ScratchTooShort(used, _rest.Length);
        }

        Span<T> piece = _rest[..length];
        _rest = _rest[used..];
        return piece;
    }

    /// <summary>A dense row-major rows x columns piece with whatever it holds.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public MatrixSpan<T> TakeMatrix(int rows, int columns)
    {
        if ((long)rows * columns > _rest.Length)
        {
            ThrowHelper.ScratchTooShort((long)rows * columns, _rest.Length);
        }

        return new(Take(rows * columns), rows, columns);
    }
}
