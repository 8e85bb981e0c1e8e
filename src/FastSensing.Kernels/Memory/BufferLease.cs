using System.Numerics;

namespace FastSensing.Kernels.Memory;

/// <summary>A rented buffer; disposing returns it. Copies of a lease are the same lease.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct BufferLease<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PooledBuffer<T> _buffer;
    private readonly int _generation;

    internal BufferLease(PooledBuffer<T> buffer, int generation, int length)
    {
        _buffer = buffer;
        _generation = generation;
        Length = length;
    }

    /// <summary>The length that was asked for.</summary>
    public int Length { get; }

    /// <summary>The rented elements, 64-byte aligned; not zeroed. Empty for a lease that was never rented.</summary>
    public Span<T> Span => _buffer is null ? [] : _buffer.Span(_generation, Length);

    /// <summary>Returns the buffer to its pool. Nothing of it may be used afterwards.</summary>
    public void Dispose() => _buffer?.Return(_generation);
}
