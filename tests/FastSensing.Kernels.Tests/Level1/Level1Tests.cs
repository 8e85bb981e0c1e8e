using System.Numerics;
using FastSensing.Testing.Allocations;
using FastSensing.Testing.Oracles;
using L1 = FastSensing.Kernels.Level1;

namespace FastSensing.Kernels.Tests.Level1;

/// <summary>The public vector routines: results, special values, in-place use, refusals, allocations.</summary>
public abstract class Level1Tests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Dot_EmptyVectors_IsZero() => Assert.Equal(T.Zero, L1.Dot<T>([], []));

    [Fact]
    public void Dot_SmallIntegers_IsExact()
    {
        for (int n = 1; n <= 100; n++)
        {
            Assert.Equal(T.CreateChecked(n * (n + 1) * ((2 * n) + 1) / 6), L1.Dot<T>(Counting(n), Counting(n)));
        }
    }

    [Fact]
    public void Dot_NonFiniteElement_PropagatesFromEveryPlace()
    {
        for (int n = 1; n <= 70; n++)
        {
            for (int place = 0; place < n; place++)
            {
                T[] x = Counting(n);
                x[place] = T.PositiveInfinity;
                Assert.True(T.IsPositiveInfinity(L1.Dot<T>(x, Counting(n))), $"infinity at {place} of {n}");
                Assert.True(T.IsNaN(L1.Dot<T>(x, new T[n])), $"0 times infinity at {place} of {n}");
                x[place] = T.NaN;
                Assert.True(T.IsNaN(L1.Dot<T>(x, new T[n])), $"NaN at {place} of {n}");
            }
        }
    }

    [Fact]
    public void Axpy_AlphaZero_ReadsNoX()
    {
        T[] y = Counting(37);
        T[] x = new T[37];
        x.AsSpan().Fill(T.NaN);
        L1.Axpy(T.Zero, x, y);
        Assert.Equal(Counting(37), y);
    }

    [Fact]
    public void Axpy_OntoItself_IsInPlace()
    {
        T[] y = Counting(37);
        L1.Axpy(T.One, y, y);
        Assert.Equal(Array.ConvertAll(Counting(37), v => v + v), y);
    }

    [Fact]
    public void Scal_ZeroTimesNaN_IsNaN()
    {
        T[] x = Counting(37);
        x[20] = T.NaN;
        L1.Scal(T.Zero, x);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(i == 20 ? T.IsNaN(x[i]) : x[i] == T.Zero);
        }
    }

    [Fact]
    public void Copy_AnyLength_CopiesEveryBit()
    {
        for (int n = 0; n <= 40; n++)
        {
            T[] x = Counting(n);
            var y = new T[n];
            L1.Copy<T>(x, y);
            Assert.Equal(x, y);
        }
    }

    [Fact]
    public void Nrm2_AnyScale_NeitherOverflowsNorUnderflows()
    {
        // The relative error of sqrt(sum) with n squares: n / 2 + 1 roundings from the sum, one from the root, two from
        // scaling; below the normal numbers, the spacing of the numbers themselves.
        foreach (int n in (int[])[1, 2, 3, 17, 64, 100])
        {
            foreach (T scale in (T[])[T.One, T.CreateTruncating(1e30), Largest(), Smallest(), T.Epsilon * T.CreateChecked(1 << 20)])
            {
                var x = new T[n];
                x.AsSpan().Fill(scale);
                double relative = Math.Abs((double.CreateChecked(L1.Nrm2<T>(x) / scale) / Math.Sqrt(n)) - 1);
                double bound = Rounding.Gamma<T>((n / 2) + 6) + double.CreateChecked(T.Epsilon / scale);
                Assert.True(relative <= bound, $"n {n}, elements {scale}: relative error {relative:e2}, bound {bound:e2}");
            }
        }
    }

    [Fact]
    public void Nrm2_MixedScales_IsTheLargest()
    {
        Assert.Equal(Largest(), L1.Nrm2<T>([T.Epsilon, Largest(), T.One]));
        Assert.Equal(T.Epsilon, L1.Nrm2<T>([T.Zero, -T.Epsilon, T.Zero]));
        Assert.Equal(T.Zero, L1.Nrm2<T>([]));
        Assert.Equal(T.Zero, L1.Nrm2<T>(new T[50]));
        Assert.Equal(T.CreateChecked(5), L1.Nrm2<T>([T.CreateChecked(3), T.CreateChecked(-4)]));
    }

    [Fact]
    public void Nrm2_NonFiniteElement_IsInfiniteOrNaN()
    {
        Assert.True(T.IsNaN(L1.Nrm2<T>([T.One, T.NaN, Largest()])));
        Assert.True(T.IsPositiveInfinity(L1.Nrm2<T>([T.One, T.NegativeInfinity, Largest()])));
    }

    [Fact]
    public void Routines_DisagreeingLengths_AreRefusedWithBoth()
    {
        foreach (Action call in (Action[])[
            () => L1.Dot<T>(new T[11], new T[12]),
            () => L1.Axpy<T>(T.One, new T[11], new T[12]),
            () => L1.Copy<T>(new T[11], new T[12]),
            () => L1.Copy<T>(new T[12], new T[11])])
        {
            var error = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Contains("11", error.Message, StringComparison.Ordinal);
            Assert.Contains("12", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Routines_ShiftedOverlap_IsRefusedAndNothingWritten()
    {
        T[] memory = Counting(20);
        Assert.ThrowsAny<ArgumentException>(() => L1.Axpy(T.One, memory.AsSpan(0, 10), memory.AsSpan(1, 10)));
        Assert.ThrowsAny<ArgumentException>(() => L1.Axpy(T.One, memory.AsSpan(9, 10), memory.AsSpan(0, 10)));
        Assert.ThrowsAny<ArgumentException>(() => L1.Copy<T>(memory.AsSpan(0, 10), memory.AsSpan(5, 10)));
        Assert.Equal(Counting(20), memory);
        L1.Copy<T>(memory.AsSpan(0, 10), memory.AsSpan(10, 10));
        Assert.Equal(memory.AsSpan(0, 10), memory.AsSpan(10, 10));
    }

    [Fact]
    public void Routines_AfterTheFirstCall_AllocateNothing()
    {
        T[] x = Counting(100);
        T[] y = Counting(100);
        AllocationMeter.AssertNone(() =>
        {
            L1.Axpy(L1.Dot<T>(x, y), x, y);
            L1.Scal(T.One / L1.Nrm2<T>(y), y);
            L1.Copy<T>(x, y);
        });
    }

    private static T Largest() => typeof(T) == typeof(double) ? T.CreateChecked(1e307) : T.CreateChecked(1e37);

    private static T Smallest() => typeof(T) == typeof(double) ? T.CreateChecked(1e-300) : T.CreateChecked(1e-36);

    private static T[] Counting(int length)
    {
        var values = new T[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = T.CreateChecked(i + 1);
        }

        return values;
    }
}

public sealed class Level1DoubleTests : Level1Tests<double>;

public sealed class Level1SingleTests : Level1Tests<float>;
