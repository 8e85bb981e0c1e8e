using FastSensing.Kernels.Memory;

namespace FastSensing.IO;

/// <summary>An array held in Fortran order and read in C order, element by element with an odometer over its indices.</summary>
internal sealed class ColumnMajorArray : IDisposable
{
    private readonly AlignedBuffer<byte> _bytes;
    private readonly int _elementSize;
    private readonly int[] _shape;
    private readonly nint[] _strides;
    private readonly int[] _index;

    /// <summary>Takes over the buffer.</summary>
    public ColumnMajorArray(AlignedBuffer<byte> bytes, ReadOnlySpan<int> shape, int elementSize)
    {
        _bytes = bytes;
        _elementSize = elementSize;
        _shape = shape.ToArray();
        _strides = new nint[shape.Length];
        _index = new int[shape.Length];
        nint stride = elementSize;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            _strides[axis] = stride;
            stride *= shape[axis];
        }
    }

    /// <summary>The next elements in C order; the caller does not ask for more than there are.</summary>
    public void ReadRowMajor(Span<byte> destination)
    {
        nint offset = 0;
        for (int axis = 0; axis < _index.Length; axis++)
        {
            offset += _index[axis] * _strides[axis];
        }

        for (int start = 0; start < destination.Length; start += _elementSize)
        {
            _bytes.Slice(offset, _elementSize).CopyTo(destination[start..]);
            offset = Advance(offset);
        }
    }

    public void Dispose() => _bytes.Dispose();

    private nint Advance(nint offset)
    {
        for (int axis = _index.Length - 1; axis >= 0; axis--)
        {
            offset += _strides[axis];
            if (++_index[axis] < _shape[axis])
            {
                break;
            }

            offset -= _index[axis] * _strides[axis];
            _index[axis] = 0;
        }

        return offset;
    }
}
