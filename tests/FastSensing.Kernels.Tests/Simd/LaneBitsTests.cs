using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Simd;

/// <summary>Simd128Lane takes a factor from a lane, Simd128 spreads it first: the bits are the same, on any machine and on NEON above all.</summary>
public abstract class LaneBitsTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Fact]
    public void Gemm_FactorsFromALane_GiveTheBitsOfSpreadOnes()
    {
        IBlas<T> spread = TagBlas.Create<T>("Simd128");
        IBlas<T> lane = TagBlas.Create<T>("Simd128Lane");
        var cases = new RandomCases(seed: 9, BlockEdges.OfEveryTag<T>(), largestWork: 20_000);
        for (int i = 0; i < 500; i++)
        {
            // One panel: neither tag cuts the sums, which it may elsewhere, its tiles being others outside NEON.
            BlasCase call = cases.NextPanel(1 + (i % 9), 4 + (i % 3));
            Assert.True(Bits(spread, call).AsSpan().SequenceEqual(Bits(lane, call)), $"{call}: other bits");
        }
    }

    private static byte[] Bits(IBlas<T> blas, BlasCase call)
    {
        var random = new Random(call.Seed);
        TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A).SetRandom(random);
        TestMatrix<T> b = new TestMatrix<T>(call.K, call.N, call.B).SetRandom(random);
        TestMatrix<T> c = new TestMatrix<T>(call.M, call.N, call.C).SetRandom(random);
        blas.Gemm(T.CreateChecked(call.Alpha), a.View, b.View, T.CreateChecked(call.Beta), c.View);
        return MemoryMarshal.AsBytes<T>(c.Save()).ToArray();
    }
}

public sealed class LaneBitsDoubleTests : LaneBitsTests<double>;

public sealed class LaneBitsSingleTests : LaneBitsTests<float>;
