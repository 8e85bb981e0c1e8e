using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Allocations;

namespace FastSensing.Kernels.Tests.Gemm;

/// <summary>What plans promise as objects: refusals, no allocation, any number of threads, a copy of a packed B.</summary>
public abstract class GemmPlanUseTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly MatrixShape Any = new(3, 3);

    /// <summary>Sizes that sweep once, that sweep often, and that are left to the driver.</summary>
    public static TheoryData<int> Sizes => [4, 8, 31, 130];

    [Fact]
    public void Constructor_DisagreeingShapes_AreRefusedWithBothShapes()
    {
        AssertRefused(new(2, 3), new(4, 5), new(2, 5), "2 x 3", "4 x 5");
        AssertRefused(new(2, 3), new(3, 5), new(6, 5), "2 x 3", "6 x 5");
        AssertRefused(new(2, 3), new(3, 5), new(2, 7), "3 x 5", "2 x 7");
    }

    [Fact]
    public void Constructor_BadSizesAndStrides_AreRefusedByName()
    {
        AssertRefused(new(-1, 3), Any, Any, "a.Rows", "-1");
        AssertRefused(Any, new(3, -3), Any, "b.Columns", "-3");
        AssertRefused(Any, Any, new(3, 3, -3, 1), "c.RowStride", "-3");
        AssertRefused(Any, Any, new(3, 3, 1, -2), "c.ColumnStride", "-2");
        AssertRefused(Any, Any, new(3, 3, 2, 1), "alias", "3 x 3");
        AssertRefused(Any, Any, new(3, 3, 0, 1), "alias", "3 x 3");
        AssertRefused(new(3, 3, int.MaxValue, 1), Any, Any, "3 x 3", "4294967297");
        Assert.ThrowsAny<ArgumentException>(() => new GemmPlan<T>(-1, 2, 3));
        Assert.ThrowsAny<ArgumentException>(() => new PackedGemmPlan<T>(-1, new ReadOnlyMatrixSpan<T>(new T[4], 2, 2)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Multiply_ShortSpan_IsRefusedByNameAndWritesNothing(int n)
    {
        var plan = new GemmPlan<T>(n, n, n);
        using var packed = new PackedGemmPlan<T>(n, new ReadOnlyMatrixSpan<T>(new T[n * n], n, n));
        T[] c = Ones(n * n);
        T[] whole = Ones(n * n);
        T[] tooShort = Ones((n * n) - 1);
        AssertShort("a", n, () => plan.Multiply(tooShort, whole, c));
        AssertShort("b", n, () => plan.Multiply(whole, tooShort, c));
        AssertShort("c", n, () => plan.Multiply(whole, whole, c.AsSpan(1)));
        AssertShort("a", n, () => packed.Multiply(tooShort, c));
        AssertShort("c", n, () => packed.Multiply(whole, c.AsSpan(1)));
        AssertShort("a", n, () => plan.Multiply([], [], []));
        Assert.All(c, value => Assert.Equal(T.One, value));
    }

    [Fact]
    public void Multiply_NoElements_NeedsNoMemory()
    {
        new GemmPlan<T>(0, 3, 2).Multiply([], Ones(6), []);
        new GemmPlan<T>(3, 0, 2).Multiply(Ones(6), [], []);
        T[] c = Ones(6);
        new GemmPlan<T>(2, 3, 0).Multiply([], [], c);
        Assert.All(c, value => Assert.Equal(T.Zero, value));
        using var packed = new PackedGemmPlan<T>(2, new ReadOnlyMatrixSpan<T>([], 0, 3));
        c = Ones(6);
        packed.Multiply([], c);
        Assert.All(c, value => Assert.Equal(T.Zero, value));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Multiply_AnyPlan_AllocatesNothing(int n)
    {
        T[] a = Ones(n * n);
        T[] c = Ones(n * n);
        var plan = new GemmPlan<T>(n, n, n);
        AllocationMeter.AssertNone(() => plan.Multiply(a, a, c));
        var byDriver = new GemmPlan<T>(T.One, new(n, n), new(n, n, 1, n), T.One, new(n, n));
        AllocationMeter.AssertNone(() => byDriver.Multiply(a, a, c));
        using var packed = new PackedGemmPlan<T>(n, new ReadOnlyMatrixSpan<T>(a, n, n, 1, n));
        AllocationMeter.AssertNone(() => packed.Multiply(a, c));
    }

    [Fact]
    public void Multiply_PoolOfTheCaller_LendsToTheDriver()
    {
        const int N = 40;
        T[] a = Ones(N * N);
        T[] c = new T[N * N];
        var pool = new BufferPool<T>(1, PoolChecks.Full);
        new GemmPlan<T>(T.One, new(N, N), new(N, N, 1, N), T.Zero, new(N, N), pool).Multiply(a, a, c);
        Assert.All(c, value => Assert.Equal(T.CreateChecked(N), value));
    }

    [Fact]
    public void PackedPlan_LaterChangesOfB_AreNotSeen()
    {
        foreach (int n in (int[])[5, 24, 130])
        {
            T[] b = Ones(n * n);
            T[] c = new T[n * n];
            using var plan = new PackedGemmPlan<T>(n, new ReadOnlyMatrixSpan<T>(b, n, n));
            Array.Fill(b, T.NaN);
            plan.Multiply(Ones(n * n), c);
            Assert.All(c, value => Assert.Equal(T.CreateChecked(n), value));
        }
    }

    [Fact]
    public void PackedPlan_AfterDispose_Throws()
    {
        foreach (int columnStride in (int[])[1, 5])
        {
            var plan = new PackedGemmPlan<T>(T.One, new(5, 5), new ReadOnlyMatrixSpan<T>(new T[25], 5, 5), T.Zero, new(5, 5, 6 - columnStride, columnStride));
            plan.Dispose();
            plan.Dispose();
            Assert.Throws<ObjectDisposedException>(() => plan.Multiply(new T[25], new T[25]));
        }
    }

    /// <summary>Sweeps that move with the garbage collector, and blocks of one pool.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Multiply_ManyThreadsAndCollections_GiveTheBitsOfOne(int n)
    {
        const int Threads = 4;
        var plan = new GemmPlan<T>(T.One, new(n, n), new(n, n, 1, n), T.Zero, new(n, n));
        var direct = new GemmPlan<T>(n, n, n);
        T[][] operands = [.. Enumerable.Range(0, Threads).Select(seed => RandomValues(n * n, seed))];
        T[][] expected = Array.ConvertAll(operands, a => Results(plan, direct, a));
        var failures = new Exception?[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => failures[i] = Record.Exception(() =>
        {
            for (int round = 0; round < 200; round++)
            {
                Assert.Equal(expected[i], Results(plan, direct, operands[i]));
                if (round % 20 == i)
                {
                    GC.Collect(0);
                }
            }
        })))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(failures, Assert.Null);
    }

    private static T[] Results(GemmPlan<T> plan, GemmPlan<T> direct, T[] a)
    {
        T[] c = new T[a.Length];
        T[] d = new T[a.Length];
        plan.Multiply(a, a, c);
        direct.Multiply(a, a, d);
        return [.. c, .. d];
    }

    private static void AssertRefused(MatrixShape a, MatrixShape b, MatrixShape c, params string[] parts)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => new GemmPlan<T>(T.One, a, b, T.Zero, c));
        Assert.All(parts, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
    }

    private static void AssertShort(string name, int n, Action multiply)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(name, multiply);
        Assert.Contains($"{n * n}", refusal.Message, StringComparison.Ordinal);
    }

    private static T[] Ones(int length)
    {
        T[] values = new T[length];
        Array.Fill(values, T.One);
        return values;
    }

    private static T[] RandomValues(int length, int seed)
    {
        var random = new Random(seed);
        return Array.ConvertAll(new T[length], _ => T.CreateChecked((2 * random.NextDouble()) - 1));
    }
}

public sealed class GemmPlanUseDoubleTests : GemmPlanUseTests<double>;

public sealed class GemmPlanUseSingleTests : GemmPlanUseTests<float>;
