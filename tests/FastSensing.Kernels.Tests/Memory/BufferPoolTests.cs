using FastSensing.Kernels.Memory;
using FastSensing.Testing.Allocations;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>The pool: size classes, what it keeps, what it costs, and the misuse it sees, in every build.</summary>
public sealed class BufferPoolTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(512, 512)]
    [InlineData(513, 1024)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 131_072)]
    public void Rent_Length_SharesABufferWithItsSizeClassOnly(int length, int largestOfClass)
    {
        var pool = new BufferPool<double>(1);
        nint address = Address(pool, length);
        Assert.Equal(address, Address(pool, largestOfClass));
        Assert.NotEqual(address, Address(pool, largestOfClass + 1));
        Assert.Equal(0, address % AlignedBuffer<double>.Alignment);
    }

    [Fact]
    public void Rent_AnyLength_GivesThatLength()
    {
        var pool = new BufferPool<float>(1);
        for (int length = 0; length < 2000; length += 7)
        {
            using BufferLease<float> lease = pool.Rent(length);
            Assert.Equal(length, lease.Length);
            Assert.Equal(length, lease.Span.Length);
        }
    }

    [Fact]
    public void Rent_ImpossibleLengthOrPool_Throws()
    {
        var pool = new BufferPool<double>(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent((1 << 30) + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prewarm(10, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prewarm(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prewarm(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BufferPool<double>(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Rent_AsManyAsRetainedAfterPrewarm_AllocatesNothing(int retained)
    {
        var pool = new BufferPool<double>(retained);
        pool.Prewarm(1000, retained);
        var leases = new BufferLease<double>[retained];
        AllocationMeter.AssertNone(() => RentAndReturn(pool, leases));
    }

    [Fact]
    public void Rent_OneMoreThanRetained_AllocatesInEveryRound()
    {
        var pool = new BufferPool<double>(4);
        pool.Prewarm(1000, 4);
        var leases = new BufferLease<double>[5];
        for (int round = 0; round < 3; round++)
        {
            Assert.True(AllocationMeter.Measure(() => RentAndReturn(pool, leases)) > 0, $"round {round} allocated nothing");
        }
    }

    [Fact]
    public void Return_OfTheSurplusBuffer_ReleasesItsMemoryAtOnce()
    {
        var pool = new BufferPool<double>(1);
        BufferLease<double> first = pool.Rent(100);
        BufferLease<double> surplus = pool.Rent(100);
        first.Dispose();
        surplus.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = surplus.Span; });
        Assert.Equal(100, first.Span.Length);
    }

    [Fact]
    public void Rent_WithChecks_HoldsNaNWhateverTheLastUserLeft()
    {
        var pool = new BufferPool<double>(1, PoolChecks.Full);
        for (int round = 0; round < 3; round++)
        {
            using BufferLease<double> lease = pool.Rent(300);
            Assert.False(lease.Span.ContainsAnyExcept(double.NaN));
            lease.Span.Fill(round);
        }
    }

    [Fact]
    public void Rent_WithoutChecks_HoldsWhatTheLastUserLeft()
    {
        var pool = new BufferPool<double>(1);
        using (BufferLease<double> lease = pool.Rent(300))
        {
            lease.Span.Fill(7);
        }

        using BufferLease<double> again = pool.Rent(300);
        Assert.False(again.Span.ContainsAnyExcept(7));
    }

    [Fact]
    public void Return_TwiceWithChecks_Throws()
    {
        var pool = new BufferPool<double>(2, PoolChecks.Full);
        BufferLease<double> lease = pool.Rent(300);
        lease.Dispose();
        Assert.Throws<InvalidOperationException>(lease.Dispose);
        using BufferLease<double> next = pool.Rent(300);
        Assert.Throws<InvalidOperationException>(lease.Dispose);
    }

    [Fact]
    public void Return_TwiceWithoutChecks_DoesNotLendTheBufferToTwo()
    {
        var pool = new BufferPool<double>(2);
        BufferLease<double> lease = pool.Rent(300);
        lease.Dispose();
        lease.Dispose();
        using BufferLease<double> one = pool.Rent(300);
        using BufferLease<double> other = pool.Rent(300);
        lease.Dispose();
        using BufferLease<double> third = pool.Rent(300);
        Assert.False(one.Span.Overlaps(other.Span));
        Assert.False(one.Span.Overlaps(third.Span));
        Assert.False(other.Span.Overlaps(third.Span));
    }

    [Fact]
    public void Span_AfterReturnWithChecks_Throws()
    {
        var pool = new BufferPool<double>(1, PoolChecks.Full);
        BufferLease<double> lease = pool.Rent(300);
        lease.Dispose();
        Assert.Throws<InvalidOperationException>(() => { _ = lease.Span; });
        using BufferLease<double> next = pool.Rent(300);
        Assert.Throws<InvalidOperationException>(() => { _ = lease.Span; });
        Assert.Equal(300, next.Span.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    [InlineData(511)]
    public void Rent_WithChecksAfterAWriteToAReturnedBuffer_Throws(int element)
    {
        var pool = new BufferPool<double>(1, PoolChecks.Full);
        BufferLease<double> lease = pool.Rent(512);
        Span<double> kept = lease.Span;
        lease.Dispose();
        kept[element] = 1;
        Assert.Throws<InvalidOperationException>(() => pool.Rent(300));
    }

    [Fact]
    public void Rent_FromManyThreads_LendsEveryBufferToOne()
    {
        var pool = new BufferPool<double>(3, PoolChecks.Full);
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using BufferLease<double> lease = pool.Rent(300);
            lease.Span.Fill(i);
            Thread.SpinWait(200);
            Assert.False(lease.Span.ContainsAnyExcept(i));
        });
    }

    [Fact]
    public void Dispose_OfADefaultLease_DoesNothing() => default(BufferLease<double>).Dispose();

    private static unsafe nint Address(BufferPool<double> pool, int length)
    {
        using BufferLease<double> lease = pool.Rent(length);
        fixed (double* first = lease.Span)
        {
            // An empty span pins to null; its class is seen from one element more.
            return length > 0 ? (nint)first : Address(pool, 1);
        }
    }

    private static void RentAndReturn(BufferPool<double> pool, BufferLease<double>[] leases)
    {
        for (int i = 0; i < leases.Length; i++)
        {
            leases[i] = pool.Rent(900);
        }

        foreach (BufferLease<double> lease in leases)
        {
            lease.Dispose();
        }
    }
}
