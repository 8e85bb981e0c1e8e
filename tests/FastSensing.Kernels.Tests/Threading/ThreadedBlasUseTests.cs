using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Tests.Blas;
using FastSensing.Kernels.Threading;
using FastSensing.Testing.Allocations;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>What a ManagedBlas with several threads promises beyond the contract.</summary>
public abstract class ThreadedBlasUseTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Callers = 8;
    private static readonly (int N, int K)[] Shapes = [(3, 2), (20, 5), (40, 90), (130, 70)];

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Constructor_DegreeOutOfRange_IsRefused(int degree)
    {
        Assert.Equal("maxDegreeOfParallelism", Assert.Throws<ArgumentOutOfRangeException>(() => new ManagedBlas<T>(degree)).ParamName);
        Assert.Equal("maxDegreeOfParallelism", Assert.Throws<ArgumentOutOfRangeException>(() => new ManagedBlas<T>(new BufferPool<T>(1), degree)).ParamName);
    }

    [Fact]
    public void MaxDegreeOfParallelism_IsTheConstructorsArgumentAndOneByDefault()
    {
        using var three = new ManagedBlas<T>(3);
        using var one = new ManagedBlas<T>();
        Assert.Equal((3, 1, 1), (three.MaxDegreeOfParallelism, one.MaxDegreeOfParallelism, new ManagedBlas<T>(new BufferPool<T>(1)).MaxDegreeOfParallelism));
        Assert.Equal($"managed ({Isa.Name}, 3 threads)", three.Name);
    }

    [Fact]
    public void Blas_OfOneThread_OwnsNone() => Assert.Null(new ManagedBlas<T>(1).Team);

    [Fact]
    public void Calls_AfterPrewarm_AllocateOnNoThread() => Watchdog.Run(() =>
    {
        foreach ((int n, int k) in Shapes)
        {
            using ManagedBlas<T> blas = EagerBlas.Create<T>(3, retained: 1);
            blas.Prewarm();
            var routines = new RoutineSet<T>(n, k, seed: 1);
            routines.Run(blas);
            Assert.Equal([0, 0, 0], LeastAllocated(blas.Team!, () => routines.Run(blas)));

            // The positive control: the smallest object there is must be seen on every thread.
            long[] control = LeastAllocated(blas.Team!, () => TeamProbe.AllocateOnEveryThread(blas.Team!));
            Assert.All(control, bytes => Assert.True(bytes >= IntPtr.Size, "the probe did not see an object"));
        }
    });

    [Fact]
    public void Calls_OnTheCallersThread_AllocateNothing()
    {
        using ManagedBlas<T> blas = EagerBlas.Create<T>(2, retained: 1);
        blas.Prewarm();
        var routines = new RoutineSet<T>(130, 70, seed: 1);
        AllocationMeter.AssertNone(() => routines.Run(blas));
    }

    [Fact]
    public void Calls_OfManyThreadsAtOnce_GiveTheBitsOfOne() => Watchdog.Run(() =>
    {
        foreach (PoolChecks checks in (PoolChecks[])[PoolChecks.None, PoolChecks.Full])
        {
            using var blas = new ManagedBlas<T>(new BufferPool<T>(2, checks), 3, grain: 1);
            var failures = new Exception?[Callers];
            Thread[] threads = [.. Enumerable.Range(0, Callers).Select(i => new Thread(() => failures[i] = Record.Exception(() => CallOften(blas, i))))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.All(failures, Assert.Null);
        }
    });

    [Fact]
    public void Dispose_BetweenCalls_LeavesTheBitsOfOneThread()
    {
        var alone = new RoutineSet<T>(130, 70, seed: 5);
        alone.Run(new ManagedBlas<T>());
        ManagedBlas<T> blas = EagerBlas.Create<T>(3);
        Thread[] threads = blas.Team!.Threads;
        blas.Dispose();
        blas.Dispose();
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
        var routines = new RoutineSet<T>(130, 70, seed: 5);
        routines.Run(blas);
        Assert.Equal(alone.Results(), routines.Results());
    }

    [Fact]
    public void Dispose_WhileOthersCall_DisturbsNobody() => Watchdog.Run(() =>
    {
        for (int round = 0; round < 20; round++)
        {
            ManagedBlas<T> blas = EagerBlas.Create<T>(3);
            Exception? failure = null;
            var caller = new Thread(() => failure = Record.Exception(() => CallOften(blas, round)));
            caller.Start();
            Thread.SpinWait(1000 * round);
            blas.Dispose();
            caller.Join();
            Assert.Null(failure);
        }
    });

    private static void CallOften(ManagedBlas<T> blas, int seed)
    {
        (int n, int k) = Shapes[seed % Shapes.Length];
        var alone = new RoutineSet<T>(n, k, seed);
        alone.Run(new ManagedBlas<T>());
        byte[] expected = MemoryMarshal.AsBytes<T>(alone.Results()).ToArray();
        var shared = new RoutineSet<T>(n, k, seed);
        for (int round = 0; round < 60; round++)
        {
            shared.Run(blas);
            Assert.True(MemoryMarshal.AsBytes<T>(shared.Results()).SequenceEqual(expected), $"caller {seed}, round {round}: other bits");
        }
    }

    /// <summary>
    /// Bytes that an action, repeated, allocates on each thread of a team. A background collection takes away what a thread was
    /// handed in advance, which counts as allocated: the least of several measurements counts.
    /// </summary>
    private static long[] LeastAllocated(WorkerTeam team, Action action)
    {
        long[] least = new long[team.Size];
        long[] before = new long[team.Size];
        long[] after = new long[team.Size];
        least.AsSpan().Fill(long.MaxValue);
        for (int attempt = 0; attempt < 10; attempt++)
        {
            TeamProbe.ReadAllocatedBytes(team, before);
            for (int i = 0; i < 10; i++)
            {
                action();
            }

            TeamProbe.ReadAllocatedBytes(team, after);
            for (int i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], after[i] - before[i]);
            }
        }

        return least;
    }
}

public sealed class ThreadedBlasUseDoubleTests : ThreadedBlasUseTests<double>;

public sealed class ThreadedBlasUseSingleTests : ThreadedBlasUseTests<float>;
