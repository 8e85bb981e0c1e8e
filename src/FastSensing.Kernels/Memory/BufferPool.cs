using System.Numerics;
using Microsoft.Extensions.ObjectPool;

namespace FastSensing.Kernels.Memory;

/// <summary>
/// Lends 64-byte aligned buffers by size class (powers of two) and keeps up to MaximumRetained returned ones per class.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Allocation: once N buffers of a class have been made (by <see cref="Prewarm"/> or by use) and N is at most
/// MaximumRetained, any pattern of up to N outstanding rentals of that class costs 0 bytes. One rental more than
/// MaximumRetained outstanding at once allocates a buffer, and the surplus buffer is released when it comes back: such
/// a pattern allocates in every round.</para>
/// <para>Contents: a rented buffer holds whatever the last user left. With <see cref="PoolChecks.Full"/> it holds NaN,
/// and writing after return, returning twice and reading a returned lease throw
/// <see cref="InvalidOperationException"/>.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class BufferPool<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SmallestShift = 8;
    private readonly ObjectPool<PooledBuffer<T>>[] _classes;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="maximumRetained">Buffers kept per size class, >= 1: the number of rentals of one class that may be outstanding at once without allocating.</param>
    /// <param name="checks">Whether misuse is detected.</param>
    public BufferPool(int maximumRetained, PoolChecks checks = PoolChecks.None)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRetained, 1);
        MaximumRetained = maximumRetained;
        Checks = checks;
        _classes = new ObjectPool<PooledBuffer<T>>[31 - SmallestShift];

        // The provider's pool disposes what it does not keep; a DefaultObjectPool made directly would not.
        DefaultObjectPoolProvider provider = new() { MaximumRetained = maximumRetained };
        for (int i = 0; i < _classes.Length; i++)
        {
            _classes[i] = provider.Create(new Policy(this, 1 << (i + SmallestShift)));
        }
    }

    /// <summary>Buffers kept per size class.</summary>
    public int MaximumRetained { get; }

    /// <summary>Whether misuse is detected.</summary>
    public PoolChecks Checks { get; }

    /// <summary>Lends a buffer of at least <paramref name="minimumLength"/> elements; dispose the lease to return it.</summary>
    /// <param name="minimumLength">0 &lt;= minimumLength &lt;= 2^30.</param>
    public BufferLease<T> Rent(int minimumLength)
    {
        PooledBuffer<T> buffer = _classes[ClassOf(minimumLength)].Get();
        return new BufferLease<T>(buffer, buffer.Lend(), minimumLength);
    }

    /// <summary>Makes buffers of one class until <paramref name="count"/> of them can be out at once without allocating.</summary>
    /// <param name="minimumLength">Length that will be rented.</param>
    /// <param name="count">Number of rentals, at most <see cref="MaximumRetained"/>.</param>
    public void Prewarm(int minimumLength, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumRetained);
        BufferLease<T>[] leases = new BufferLease<T>[count];
        for (int i = 0; i < count; i++)
        {
            leases[i] = Rent(minimumLength);
        }

        foreach (BufferLease<T> lease in leases)
        {
            lease.Dispose();
        }
    }

    internal void TakeBack(PooledBuffer<T> buffer) => _classes[ClassOf(buffer.Length)].Return(buffer);

    private static int ClassOf(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1 << 30);
        return Math.Max(0, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(length, 1) - 1) - SmallestShift);
    }

    private sealed class Policy(BufferPool<T> pool, int length) : PooledObjectPolicy<PooledBuffer<T>>
    {
        public override PooledBuffer<T> Create() => new(pool, length);

        public override bool Return(PooledBuffer<T> obj) => true;
    }
}
