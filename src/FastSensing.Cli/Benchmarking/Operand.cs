using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Cli.Benchmarking;

/// <summary>One operand in every set of <see cref="OperandSets"/>, each on cache lines of its own.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed unsafe class Operand<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _buffer;
    private readonly int _length;
    private readonly int _stride;

    /// <summary>Of N(0, 1) numbers, or of zeros.</summary>
    /// <param name="sets">How many sets.</param>
    /// <param name="length">Elements in each.</param>
    /// <param name="seed">Seed of the numbers; null for zeros.</param>
    public Operand(int sets, long length, ulong? seed)
    {
        int line = AlignedBuffer<T>.Alignment / sizeof(T);
        _length = checked((int)length);
        _stride = checked(_length + line - 1) / line * line;
        int total = checked(sets * _stride);
        _buffer = seed is ulong given ? TestData.Random<T>(total, given) : new AlignedBuffer<T>(total);
    }

    /// <summary>Its elements in a set.</summary>
    public Span<T> Span(int set) => _buffer.Slice(set * _stride, _length);

    /// <summary>Its first element in a set.</summary>
    public T* Pointer(int set) => _buffer.Pointer + ((nint)set * _stride);

    /// <summary>All of it in a set, row-major without gaps.</summary>
    public MatrixSpan<T> Matrix(int set, int rows, int columns) => new(Span(set), rows, columns);

    /// <summary>Gives all sets the elements of the first.</summary>
    public void Repeat(int sets)
    {
        for (int set = 1; set < sets; set++)
        {
            Span(0).CopyTo(Span(set));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
