using System.Numerics;

namespace FastSensing.Kernels.Memory;

/// <summary>One buffer of a pool with its state: the generation is odd while it is lent out, and names the lease.</summary>
internal sealed class PooledBuffer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BufferPool<T> _pool;
    private readonly AlignedBuffer<T> _memory;
    private int _generation;

    public PooledBuffer(BufferPool<T> pool, int length)
    {
        _pool = pool;
        _memory = new AlignedBuffer<T>(length);
        Length = length;
        Poison();
    }

    public int Length { get; }

    /// <summary>Marks the buffer as lent and returns the generation of the new lease.</summary>
    public int Lend()
    {
        if (_pool.Checks == PoolChecks.Full && !IsPoisoned())
        {
            throw new InvalidOperationException("A buffer of the pool was written to after it had been returned.");
        }

        return Interlocked.Increment(ref _generation);
    }

    public Span<T> Span(int generation, int length)
    {
        if (_pool.Checks == PoolChecks.Full && Volatile.Read(ref _generation) != generation)
        {
            throw new InvalidOperationException("A lease of the pool was used after it had been returned.");
        }

        return _memory.Slice(0, length);
    }

    /// <summary>Gives the buffer back to the pool; the second return of one lease throws, or is ignored without checks.</summary>
    public void Return(int generation)
    {
        // Of two returns at once one wins; the buffer is back in the pool only after it has been poisoned.
        if (Interlocked.CompareExchange(ref _generation, unchecked(generation + 1), generation) == generation)
        {
            Poison();
            _pool.TakeBack(this);
        }
        else if (_pool.Checks == PoolChecks.Full)
        {
            throw new InvalidOperationException("A lease of the pool was returned twice.");
        }
    }

    /// <summary>Called by the pool for a buffer that it does not keep.</summary>
    public void Dispose() => _memory.Dispose();

    private void Poison()
    {
        if (_pool.Checks == PoolChecks.Full)
        {
            _memory.Span.Fill(T.NaN);
        }
    }

    private bool IsPoisoned()
    {
        foreach (T value in _memory.Span)
        {
            if (!T.IsNaN(value))
            {
                return false;
            }
        }

        return true;
    }
}
