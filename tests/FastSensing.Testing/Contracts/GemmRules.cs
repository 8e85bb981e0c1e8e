using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Trials;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>What <see cref="IBlas{T}.Gemm"/> promises; every public method is one rule.</summary>
internal static class GemmRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly (int M, int N, int K)[] Shapes = [(1, 1, 1), (3, 5, 2), (17, 33, 19), (50, 60, 40), (9, 130, 70)];

    public static void Gemm_EveryFactorAndLayout_IsWithinItsBound(IBlas<T> blas)
    {
        Layout[] layouts = Enum.GetValues<Layout>();
        foreach (Layout a in layouts)
        {
            foreach (Layout b in layouts)
            {
                foreach (Layout c in layouts)
                {
                    foreach (double alpha in RuleValues.Factors)
                    {
                        foreach (double beta in RuleValues.Factors)
                        {
                            BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, 5, 7, 3) { Alpha = alpha, Beta = beta, A = a, B = b, C = c });
                        }
                    }
                }
            }
        }
    }

    public static void Gemm_EverySmallShape_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (BlasCase call in ShapeLists.SmallGemm)
        {
            BlasTrial<T>.Run(blas, call);
        }
    }

    public static void Gemm_AlphaZero_ReadsNeitherANorB(IBlas<T> blas) => AssertScalesOnly(blas, alpha: 0, k => k);

    public static void Gemm_InnerDimensionZero_OnlyScalesC(IBlas<T> blas)
    {
        foreach (double alpha in (double[])[1, 0, double.NaN, double.PositiveInfinity])
        {
            AssertScalesOnly(blas, alpha, _ => 0);
        }
    }

    public static void Gemm_NaNFactor_FillsC(IBlas<T> blas)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            foreach ((double alpha, double beta) in ((double, double)[])[(double.NaN, 0), (double.NaN, 1), (1, double.NaN), (0, double.NaN)])
            {
                (TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c) = RandomOperands(m, n, k);
                blas.Gemm(T.CreateChecked(alpha), a.View, b.View, T.CreateChecked(beta), c.View);
                Assert.All(c.ToDoubles(), x => Assert.True(double.IsNaN(x), $"alpha {alpha}, beta {beta}: {x} is not NaN"));
            }
        }
    }

    public static void Gemm_NonFiniteElementOfAnInput_ReachesExactlyWhatDependsOnIt(IBlas<T> blas)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            foreach (double special in RuleValues.NonFinite)
            {
                foreach (bool inA in (bool[])[true, false])
                {
                    for (int place = 0; place < 3; place++)
                    {
                        (TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c) = RandomOperands(m, n, k);
                        TestMatrix<T> target = inA ? a : b;
                        target.View[place * (target.Rows - 1) / 2, place * (target.Columns - 1) / 2] = T.CreateChecked(special);
                        AssertLikeReference(blas, a, b, c);
                    }
                }
            }
        }
    }

    public static void Gemm_ZeroTimesInfinity_IsNaN(IBlas<T> blas)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            (TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c) = RandomOperands(m, n, k);
            a.Set((_, _) => 0);
            b.View[k - 1, n / 2] = T.PositiveInfinity;
            AssertLikeReference(blas, a, b, c);
        }
    }

    public static void Gemm_EmptyC_IsLeftAlone(IBlas<T> blas)
    {
        blas.Gemm(T.One, default, default, T.One, default);
        (TestMatrix<T> a, TestMatrix<T> b, _) = RandomOperands(4, 3, 2);
        blas.Gemm(T.One, a.View.Slice(0, 0, 0, 2), b.View, T.Zero, new MatrixSpan<T>([], 0, 3));
        blas.Gemm(T.One, a.View, b.View.Slice(0, 0, 2, 0), T.Zero, new MatrixSpan<T>([], 4, 0));
    }

    public static void Gemm_DisagreeingShapes_AreRefusedWithBothShapes(IBlas<T> blas)
    {
        var a = new TestMatrix<T>(2, 3);
        var b = new TestMatrix<T>(4, 5);
        var c = new TestMatrix<T>(2, 5);
        Refusal.Assert(c, () => blas.Gemm(T.One, a.View, b.View, T.Zero, c.View), "Gemm", "2 x 3", "4 x 5");
        var b3 = new TestMatrix<T>(3, 5);
        var tall = new TestMatrix<T>(6, 5);
        Refusal.Assert(tall, () => blas.Gemm(T.One, a.View, b3.View, T.Zero, tall.View), "Gemm", "2 x 3", "6 x 5");
        var wide = new TestMatrix<T>(2, 7);
        Refusal.Assert(wide, () => blas.Gemm(T.One, a.View, b3.View, T.Zero, wide.View), "Gemm", "3 x 5", "2 x 7");
        Refusal.Assert(wide, () => blas.Gemm(T.Zero, a.View, b3.View, T.One, wide.View), "3 x 5", "2 x 7");
    }

    public static void Gemm_OutputThatAliasesItself_IsRefused(IBlas<T> blas)
    {
        (TestMatrix<T> a, TestMatrix<T> b, _) = RandomOperands(3, 3, 2);
        var c = new TestMatrix<T>(1, 30);
        foreach ((int row, int column) in ((int, int)[])[(0, 1), (1, 0), (0, 0), (1, 1), (2, 1), (2, 2), (4, 2)])
        {
            Refusal.Assert(c, () => blas.Gemm(T.One, a.View, b.View, T.Zero, new MatrixSpan<T>(c.Vector, 3, 3, row, column)), "Gemm", "alias");
        }
    }

    public static void Gemm_OutputThatOverlapsAnInput_IsRefused(IBlas<T> blas)
    {
        var shared = new TestMatrix<T>(8, 8);
        var other = new TestMatrix<T>(3, 3);
        foreach ((int row, int column) in ((int, int)[])[(0, 0), (0, 1), (2, 2), (2, 0)])
        {
            Refusal.Assert(
                shared,
                () => blas.Gemm(T.One, shared.View.Slice(0, 0, 3, 3), other.View, T.Zero, shared.View.Slice(row, column, 3, 3)),
                "Gemm", "overlap");
            Refusal.Assert(
                shared,
                () => blas.Gemm(T.One, other.View, shared.View.Slice(row, column, 3, 3), T.Zero, shared.View.Slice(0, 0, 3, 3)),
                "Gemm", "overlap");
            Refusal.Assert(
                shared,
                () => blas.Gemm(T.Zero, shared.View.Slice(0, 0, 3, 3).Transpose(), other.View, T.One, shared.View.Slice(row, column, 3, 3)),
                "Gemm", "overlap");
        }
    }

    public static void Gemm_BlocksOfOneMatrix_AreIndependent(IBlas<T> blas)
    {
        TestMatrix<T> shared = new TestMatrix<T>(9, 9).SetRandom(new Random(1));
        TestMatrix<T> expected = new TestMatrix<T>(4, 5).Set((_, _) => 0);
        MatrixSpan<T> a = shared.View.Slice(0, 0, 4, 3);
        MatrixSpan<T> b = shared.View.Slice(4, 3, 3, 5);
        MatrixSpan<T> c = shared.View.Slice(0, 3, 4, 5);
        new NaiveBlas<T>().Gemm(T.One, a, b, T.Zero, expected.View);
        blas.Gemm(T.One, a, b, T.Zero, c);
        TestMatrix<T> actual = new TestMatrix<T>(4, 5).Set((_, _) => 0);
        c.CopyTo(actual.View);
        NonFinite.AssertSame(expected, actual, 6 * Rounding.Gamma<T>(7), "interleaved blocks");
    }

    public static void Gemm_InputWithZeroStride_IsReadAgainAndAgain(IBlas<T> blas)
    {
        var values = new TestMatrix<T>(1, 40).SetRandom(new Random(2));
        TestMatrix<T> c = new TestMatrix<T>(20, 30).Set((_, _) => 0);
        TestMatrix<T> expected = new TestMatrix<T>(20, 30).Set((_, _) => 0);
        foreach (IBlas<T> each in (IBlas<T>[])[new NaiveBlas<T>(), blas])
        {
            var a = new ReadOnlyMatrixSpan<T>(values.Vector, 20, 40, 0, 1);
            var b = new ReadOnlyMatrixSpan<T>(values.Vector, 40, 30, 1, 0);
            each.Gemm(T.One, a, b, T.Zero, each == blas ? c.View : expected.View);
        }

        NonFinite.AssertSame(expected, c, 2 * 40 * Rounding.Gamma<T>(44), "zero strides");
    }

    public static void Gemm_ZeroStrideOfASingleRowOrColumn_IsAccepted(IBlas<T> blas)
    {
        (TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c) = RandomOperands(1, 6, 4);
        blas.Gemm(T.One, a.View, b.View, T.Zero, new MatrixSpan<T>(c.Vector, 1, 6, 0, 1));
        var row = new TestMatrix<T>(1, 6).Set((_, _) => 0);
        new NaiveBlas<T>().Gemm(T.One, a.View, b.View, T.Zero, row.View);
        NonFinite.AssertSame(row, c, 4 * Rounding.Gamma<T>(8), "row stride 0");
        blas.Gemm(T.One, b.View.Transpose(), a.View.Transpose(), T.Zero, new MatrixSpan<T>(c.Vector, 6, 1, 1, 0));
        NonFinite.AssertSame(row, c, 4 * Rounding.Gamma<T>(8), "column stride 0");
    }

    private static void AssertScalesOnly(IBlas<T> blas, double alpha, Func<int, int> inner)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            foreach (Layout layout in Enum.GetValues<Layout>())
            {
                foreach (double beta in RuleValues.Factors)
                {
                    var a = new TestMatrix<T>(m, inner(k), layout);
                    var b = new TestMatrix<T>(inner(k), n, layout);
                    var c = new TestMatrix<T>(m, n, layout);
                    double[] before = beta == 0 ? new double[m * n] : c.SetRandom(new Random(3)).ToDoubles();
                    blas.Gemm(T.CreateChecked(alpha), a.View, b.View, T.CreateChecked(beta), c.View);
                    NonFinite.AssertScaled(before, beta, c, $"alpha {alpha}, beta {beta}, {layout}, {m} x {n} x {inner(k)}");
                }
            }
        }
    }

    private static void AssertLikeReference(IBlas<T> blas, TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c)
    {
        var expected = new TestMatrix<T>(c.Rows, c.Columns);
        new NaiveBlas<T>().Gemm(T.One, a.View, b.View, T.Zero, expected.View);
        blas.Gemm(T.One, a.View, b.View, T.Zero, c.View);
        double tolerance = 2 * a.Columns * Rounding.Gamma<T>(a.Columns + 4);
        NonFinite.AssertSame(expected, c, tolerance, $"{c.Rows} x {c.Columns} x {a.Columns}");
    }

    private static (TestMatrix<T> A, TestMatrix<T> B, TestMatrix<T> C) RandomOperands(int m, int n, int k)
    {
        var random = new Random((m * 1000) + n);
        return (new TestMatrix<T>(m, k).SetRandom(random), new TestMatrix<T>(k, n).SetRandom(random), new TestMatrix<T>(m, n).SetRandom(random));
    }
}
