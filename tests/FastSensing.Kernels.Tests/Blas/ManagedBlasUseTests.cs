using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Allocations;
using FastSensing.Testing.Matrices;

namespace FastSensing.Kernels.Tests.Blas;

/// <summary>What ManagedBlas promises beyond the contract: no allocation, any number of threads, bits that depend on shapes and strides alone.</summary>
public abstract class ManagedBlasUseTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Threads = 4;
    private static readonly (int N, int K)[] Shapes = [(3, 2), (20, 5), (40, 90), (130, 70)];

    [Fact]
    public void Name_SaysManagedAndTheTag() => Assert.Equal($"managed ({Isa.Name})", new ManagedBlas<T>().Name);

    [Fact]
    public void Constructor_WithoutPool_Throws() => Assert.Throws<ArgumentNullException>(() => new ManagedBlas<T>(null!));

    [Fact]
    public void Routines_AfterPrewarmAndOneCallOfTheirShape_AllocateNothing()
    {
        foreach ((int n, int k) in Shapes)
        {
            var blas = new ManagedBlas<T>(new BufferPool<T>(1));
            blas.Prewarm();
            var routines = new RoutineSet<T>(n, k, seed: 1);
            AllocationMeter.AssertNone(() => routines.Run(blas));
        }
    }

    [Fact]
    public void Routines_AsManyThreadsAsThePoolRetains_AllocateNothingOnAnyOfThem()
    {
        var blas = new ManagedBlas<T>(new BufferPool<T>(Threads));
        blas.Prewarm(Threads);
        OnThreads(Threads, thread =>
        {
            (int n, int k) = Shapes[thread % Shapes.Length];
            var routines = new RoutineSet<T>(n, k, seed: thread);
            AllocationMeter.AssertNone(() => routines.Run(blas));
        });
    }

    [Fact]
    public void Routines_WithMoreThreadsInsideThanRetained_StillGiveTheBitsOfOneThread()
    {
        foreach (PoolChecks checks in (PoolChecks[])[PoolChecks.None, PoolChecks.Full])
        {
            var blas = new ManagedBlas<T>(new BufferPool<T>(2, checks));
            OnThreads(2 * Threads, thread =>
            {
                (int n, int k) = Shapes[thread % Shapes.Length];
                var alone = new RoutineSet<T>(n, k, seed: thread);
                alone.Run(new ManagedBlas<T>());
                byte[] expected = Bytes(alone.Results());
                var shared = new RoutineSet<T>(n, k, seed: thread);
                for (int round = 0; round < 30; round++)
                {
                    shared.Run(blas);
                    Assert.True(expected.AsSpan().SequenceEqual(Bytes(shared.Results())), $"thread {thread}, round {round}, n {n}, k {k}: other bits");
                }
            });
        }
    }

    [Fact]
    public void Gemm_OtherAlignment_GivesTheSameBits()
    {
        var blas = new ManagedBlas<T>();
        foreach ((int n, int k) in ((int, int)[])[(5, 3), (50, 40), (130, 300)])
        {
            byte[][] results = Array.ConvertAll((Layout[])[Layout.Dense, Layout.OffsetByOne], layout =>
            {
                var random = new Random(n);
                TestMatrix<T> a = new TestMatrix<T>(n, k, layout).SetRandom(random);
                TestMatrix<T> b = new TestMatrix<T>(k, n, layout).SetRandom(random);
                var c = new TestMatrix<T>(n, n, layout);
                blas.Gemm(T.One, a.View, b.View, T.Zero, c.View);
                return Bytes(c.Vector.ToArray());
            });
            Assert.Equal(results[0], results[1]);
        }
    }

    private static byte[] Bytes(T[] values) => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static void OnThreads(int count, Action<int> work)
    {
        var failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() => failures[index] = Record.Exception(() => work(index))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }
}

public sealed class ManagedBlasUseDoubleTests : ManagedBlasUseTests<double>;

public sealed class ManagedBlasUseSingleTests : ManagedBlasUseTests<float>;
