using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Testing.Matrices;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// Pinned memory in which one matrix lies after the other, in any layout. All else is the canary, a NaN, whose bits are
/// looked at after a call: made for millions of calls, where a TestMatrix is made for one.
/// </summary>
internal sealed unsafe class CanaryBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Margin = 65;

    private readonly T[] _storage;
    private readonly T* _base;
    private T[] _saved = [];
    private int _end;

    public CanaryBuffer(int rows, int columns)
    {
        int most = Tails.Layouts.Max(layout =>
        {
            (int row, int column) = Strides.Of(layout, rows, columns);
            return (rows * row) + (columns * column);
        });
        _storage = GC.AllocateUninitializedArray<T>(most + (2 * Margin), pinned: true);
        _storage.AsSpan().Fill(T.NaN);
        _base = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_storage, 0);
    }

    public T* First { get; private set; }

    public nint Row { get; private set; }

    public nint Column { get; private set; }

    /// <summary>Says where the elements of the next matrix lie, without writing any.</summary>
    public void Place(Layout layout, int rows, int columns)
    {
        int start = Margin - 1 + (layout == Layout.OffsetByOne ? 1 : 0);
        (int row, int column) = Strides.Of(layout, rows, columns);
        (Row, Column) = (row, column);
        First = _base + start;
        _end = start + ((rows - 1) * row) + ((columns - 1) * column) + 1 + Margin;
    }

    /// <summary>Places a matrix in a buffer that held another, and keeps a copy of all bits.</summary>
    public void PlaceInput(Layout layout, ReadOnlySpan<T> values, int stride, int rows, int columns)
    {
        _storage.AsSpan().Fill(T.NaN);
        Place(layout, rows, columns);
        Write(values, stride, rows, columns);
        _saved = _saved.Length == 0 ? new T[_storage.Length] : _saved;
        _storage.AsSpan(0, _end).CopyTo(_saved);
    }

    /// <summary>Writes the elements, from rows of <paramref name="stride"/> elements.</summary>
    public void Write(ReadOnlySpan<T> values, int stride, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            T* to = First + (i * Row);
            for (int j = 0; j < columns; j++)
            {
                to[j * Column] = values[(i * stride) + j];
            }
        }
    }

    /// <summary>Writes the elements on and below the diagonal, from rows of <paramref name="stride"/> elements.</summary>
    public void WriteTriangle(ReadOnlySpan<T> values, int stride, int order)
    {
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                First[(i * Row) + (j * Column)] = values[(i * stride) + j];
            }
        }
    }

    /// <summary>True when nothing was written since <see cref="PlaceInput"/>.</summary>
    public bool IsUnchanged() => Bytes(_storage.AsSpan(0, _end)).SequenceEqual(Bytes(_saved.AsSpan(0, _end)));

    /// <summary>True when every element, margins included, is the canary.</summary>
    public bool IsAllCanary() => sizeof(T) == sizeof(ulong)
        ? !MemoryMarshal.Cast<T, ulong>(_storage.AsSpan(0, _end)).ContainsAnyExcept(BitConverter.DoubleToUInt64Bits(double.NaN))
        : !MemoryMarshal.Cast<T, uint>(_storage.AsSpan(0, _end)).ContainsAnyExcept(BitConverter.SingleToUInt32Bits(float.NaN));

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<T> values) => MemoryMarshal.AsBytes(values);
}
