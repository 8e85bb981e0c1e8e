using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Trials;

namespace FastSensing.Testing.Contracts;

/// <summary>What <see cref="IBlas{T}.Gemv"/> promises; every public method is one rule.</summary>
internal static class GemvRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly (int M, int N)[] Shapes = [(1, 1), (3, 5), (17, 33), (70, 9), (64, 130)];

    public static void Gemv_EveryFactorAndLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (Layout a in Enum.GetValues<Layout>())
        {
            foreach (double alpha in RuleValues.Factors)
            {
                foreach (double beta in RuleValues.Factors)
                {
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemv, 7, 1, 11) { Alpha = alpha, Beta = beta, A = a, B = a, C = a });
                }
            }
        }
    }

    public static void Gemv_EverySmallShape_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (BlasCase call in ShapeLists.SmallGemv)
        {
            BlasTrial<T>.Run(blas, call);
        }
    }

    public static void Gemv_AlphaZeroOrNoColumns_OnlyScalesY(IBlas<T> blas)
    {
        foreach ((int m, int n) in Shapes)
        {
            foreach (double beta in RuleValues.Factors)
            {
                foreach ((double alpha, int inner) in ((double, int)[])[(0, n), (1, 0), (double.NaN, 0)])
                {
                    var a = new TestMatrix<T>(m, inner);
                    var x = new TestMatrix<T>(inner, 1);
                    var y = new TestMatrix<T>(m, 1);
                    double[] before = beta == 0 ? new double[m] : y.SetRandom(new Random(1)).ToDoubles();
                    blas.Gemv(T.CreateChecked(alpha), a.View, x.Vector, T.CreateChecked(beta), y.Vector);
                    NonFinite.AssertScaled(before, beta, y, $"alpha {alpha}, beta {beta}, {m} x {inner}");
                }
            }
        }
    }

    public static void Gemv_NonFiniteElementOfAnInput_ReachesExactlyWhatDependsOnIt(IBlas<T> blas)
    {
        foreach ((int m, int n) in Shapes)
        {
            foreach (Layout layout in (Layout[])[Layout.Dense, Layout.Transposed, Layout.Strided])
            {
                foreach (double special in RuleValues.NonFinite)
                {
                    for (int place = 0; place < 4; place++)
                    {
                        var random = new Random(place);
                        TestMatrix<T> a = new TestMatrix<T>(m, n, layout).SetRandom(random);
                        TestMatrix<T> x = new TestMatrix<T>(n, 1).SetRandom(random);
                        (place == 3 ? x.View : a.View)[place == 3 ? n / 2 : place * (m - 1) / 2, place == 3 ? 0 : place * (n - 1) / 2] = T.CreateChecked(special);
                        AssertLikeReference(blas, a, x);
                    }
                }
            }
        }
    }

    public static void Gemv_ZeroTimesInfinity_IsNaN(IBlas<T> blas)
    {
        foreach ((int m, int n) in Shapes)
        {
            foreach (Layout layout in (Layout[])[Layout.Dense, Layout.Transposed])
            {
                TestMatrix<T> a = new TestMatrix<T>(m, n, layout).SetRandom(new Random(1));
                a.View[m / 2, n - 1] = T.PositiveInfinity;
                AssertLikeReference(blas, a, new TestMatrix<T>(n, 1).Set((_, _) => 0));
            }
        }
    }

    public static void Gemv_NoRows_IsANoOp(IBlas<T> blas)
    {
        blas.Gemv(T.One, default, default, T.One, default);
        blas.Gemv(T.One, new ReadOnlyMatrixSpan<T>([], 0, 3), [T.One, T.One, T.One], T.Zero, []);
    }

    public static void Gemv_DisagreeingLengths_AreRefusedWithBothSizes(IBlas<T> blas)
    {
        var a = new TestMatrix<T>(12, 13);
        var x = new TestMatrix<T>(14, 1);
        var y = new TestMatrix<T>(12, 1);
        Refusal.Assert(y, () => blas.Gemv(T.One, a.View, x.Vector, T.Zero, y.Vector), "Gemv", "13", "14");
        var x13 = new TestMatrix<T>(13, 1);
        var y15 = new TestMatrix<T>(15, 1);
        Refusal.Assert(y15, () => blas.Gemv(T.One, a.View, x13.Vector, T.Zero, y15.Vector), "Gemv", "12", "15");
    }

    public static void Gemv_OutputThatOverlapsAnInput_IsRefused(IBlas<T> blas)
    {
        var shared = new TestMatrix<T>(1, 64);
        var other = new TestMatrix<T>(1, 64);
        Refusal.Assert(
            shared,
            () => blas.Gemv(T.One, new ReadOnlyMatrixSpan<T>(other.Vector, 4, 4), shared.Vector[..4], T.Zero, shared.Vector[3..7]),
            "Gemv", "overlap");
        Refusal.Assert(
            shared,
            () => blas.Gemv(T.One, new ReadOnlyMatrixSpan<T>(shared.Vector, 4, 4), other.Vector[..4], T.Zero, shared.Vector[15..19]),
            "Gemv", "overlap");
        Refusal.Assert(
            shared,
            () => blas.Gemv(T.Zero, new ReadOnlyMatrixSpan<T>(shared.Vector, 4, 4), other.Vector[..4], T.One, shared.Vector[..4]),
            "Gemv", "overlap");
    }

    private static void AssertLikeReference(IBlas<T> blas, TestMatrix<T> a, TestMatrix<T> x)
    {
        var expected = new TestMatrix<T>(a.Rows, 1);
        var y = new TestMatrix<T>(a.Rows, 1);
        new NaiveBlas<T>().Gemv(T.One, a.View, x.Vector, T.Zero, expected.Vector);
        blas.Gemv(T.One, a.View, x.Vector, T.Zero, y.Vector);
        NonFinite.AssertSame(expected, y, 2 * a.Columns * Rounding.Gamma<T>(a.Columns + 4), $"{a.Rows} x {a.Columns}");
    }
}
