using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Trials;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>What <see cref="IBlas{T}.Potrf"/> promises; every public method is one rule. The trial checks that the upper triangle is left alone.</summary>
internal static class PotrfRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] Sizes = [1, 2, 3, 7, 8, 9, 16, 25, 33, 64, 65, 100, 130];

    /// <summary>Around the largest order that is factored in one sweep, and one that is halved.</summary>
    private static readonly int[] BlockOrders = [.. BlockEdges.Around(PotrfKernel<Scalar<T>, T, T>.LargestOrder).Where(n => n > 1 && n < 300), 331];

    public static void Potrf_EverySizeAndLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (BlasCase call in ShapeLists.SmallPotrf)
        {
            BlasTrial<T>.Run(blas, call);
        }
    }

    public static void Potrf_OrderOfMoreThanOneBlock_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (int n in BlockOrders)
        {
            foreach (Layout layout in (Layout[])[Layout.Dense, Layout.Transposed])
            {
                BlasTrial<T>.Run(blas, new BlasCase(Routine.Potrf, n, n, 0) { A = layout, Seed = n });
            }
        }
    }

    public static void Potrf_Empty_ReturnsZero(IBlas<T> blas) => Assert.Equal(0, blas.Potrf(default));

    public static void Potrf_NaNBelowTheDiagonal_StopsAtItsRow(IBlas<T> blas)
    {
        foreach (int n in Sizes)
        {
            for (int row = 1; row < n; row += 1 + (n / 9))
            {
                foreach (double special in (double[])[double.NaN, double.PositiveInfinity])
                {
                    TestMatrix<T> a = DominantMatrix(n);
                    a.View[row, row / 2] = T.CreateChecked(special);
                    int info = blas.Potrf(a.View);
                    Assert.True(info == row + 1, $"n {n}: INFO is {info} with {special} at ({row}, {row / 2})");
                }
            }
        }
    }

    public static void Potrf_AllZeros_StopsAtTheFirstPivot(IBlas<T> blas)
    {
        foreach (int n in Sizes)
        {
            Assert.Equal(1, blas.Potrf(new TestMatrix<T>(n, n, region: Region.Lower).Set((_, _) => 0).View));
        }
    }

    public static void Potrf_TinyOrHugePivots_KeepTheirAccuracy(IBlas<T> blas)
    {
        double exponent = typeof(T) == typeof(double) ? 900 : 100;
        foreach (int n in Sizes)
        {
            foreach (double power in (double[])[-exponent, exponent])
            {
                double scale = Math.ScaleB(1, (int)power);
                TestMatrix<T> plain = DominantMatrix(n);
                TestMatrix<T> scaled = new TestMatrix<T>(n, n, region: Region.Lower).Set((i, j) => scale * double.CreateChecked(plain.View[i, j]));
                Assert.Equal(0, blas.Potrf(plain.View));
                Assert.Equal(0, blas.Potrf(scaled.View));
                TestMatrix<T> back = new TestMatrix<T>(n, n, region: Region.Lower).Set((i, j) =>
                    double.CreateChecked(scaled.View[i, j]) / Math.ScaleB(1, (int)power / 2));

                // A power of four scales every intermediate exactly, so the factors have the same bits.
                NonFinite.AssertSame(plain, back, 0, $"n {n}, scale 2^{power}");
            }
        }
    }

    public static void Potrf_SmallestPositivePivot_IsAccepted(IBlas<T> blas)
    {
        foreach (int n in Sizes)
        {
            TestMatrix<T> a = new TestMatrix<T>(n, n, region: Region.Lower).Set((i, j) => i == j ? double.CreateChecked(T.Epsilon) : 0);
            int info = blas.Potrf(a.View);
            Assert.True(info == 0, $"n {n}: INFO is {info}");
            double root = Math.Sqrt(double.CreateChecked(T.Epsilon));
            for (int i = 0; i < n; i++)
            {
                double error = Math.Abs(double.CreateChecked(a.View[i, i]) - root);
                Assert.True(error <= 2 * Rounding.Unit<T>() * root, $"n {n}: pivot {i} is {a.View[i, i]}");
            }
        }
    }

    public static void Potrf_NotSquareOrAliasing_IsRefused(IBlas<T> blas)
    {
        var oblong = new TestMatrix<T>(4, 5);
        Refusal.Assert(oblong, () => blas.Potrf(oblong.View), "Potrf", "4 x 5");
        var storage = new TestMatrix<T>(1, 30);
        foreach ((int row, int column) in ((int, int)[])[(0, 1), (1, 0), (1, 1), (2, 1)])
        {
            Refusal.Assert(storage, () => blas.Potrf(new MatrixSpan<T>(storage.Vector, 3, 3, row, column)), "Potrf", "alias");
        }
    }

    /// <summary>Symmetric with a dominant diagonal: no pivot falls below 1, and no earlier one changes when a diagonal element does.</summary>
    private static TestMatrix<T> DominantMatrix(int n)
    {
        var random = new Random(n);
        return new TestMatrix<T>(n, n, Layout.Padded, region: Region.Lower).Set((i, j) => i == j ? 2 : ((2 * random.NextDouble()) - 1) / n);
    }
}
