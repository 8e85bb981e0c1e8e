using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Trials;

namespace FastSensing.Testing.Contracts;

/// <summary>What <see cref="IBlas{T}.Syrk"/> promises; every public method is one rule. The trial checks that the upper triangle is left alone.</summary>
internal static class SyrkRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly (int N, int K)[] Shapes = [(1, 1), (3, 2), (33, 19), (70, 40), (20, 150)];

    public static void Syrk_EveryFactorAndLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (Layout a in Enum.GetValues<Layout>())
        {
            foreach (Layout c in Enum.GetValues<Layout>())
            {
                foreach (double alpha in RuleValues.Factors)
                {
                    foreach (double beta in RuleValues.Factors)
                    {
                        BlasTrial<T>.Run(blas, new BlasCase(Routine.Syrk, 7, 7, 3) { Alpha = alpha, Beta = beta, A = a, C = c });
                    }
                }
            }
        }
    }

    public static void Syrk_EverySmallShape_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (BlasCase call in ShapeLists.SmallSyrk)
        {
            BlasTrial<T>.Run(blas, call);
        }
    }

    public static void Syrk_AlphaZeroOrNoColumns_OnlyScalesTheLowerTriangle(IBlas<T> blas)
    {
        foreach ((int n, int k) in Shapes)
        {
            foreach (double beta in RuleValues.Factors)
            {
                foreach ((double alpha, int inner) in ((double, int)[])[(0, k), (1, 0), (double.NaN, 0)])
                {
                    var a = new TestMatrix<T>(n, inner);
                    var c = new TestMatrix<T>(n, n, Layout.Padded, region: Region.Lower);
                    double[] before = beta == 0 ? new double[n * n] : c.SetRandom(new Random(1)).ToDoubles();
                    blas.Syrk(T.CreateChecked(alpha), a.View, T.CreateChecked(beta), c.View);
                    NonFinite.AssertScaled(before, beta, c, $"alpha {alpha}, beta {beta}, n {n}, k {inner}");
                }
            }
        }
    }

    public static void Syrk_NonFiniteElementOfA_ReachesItsRowAndColumnOnly(IBlas<T> blas)
    {
        foreach ((int n, int k) in Shapes)
        {
            foreach (double special in RuleValues.NonFinite)
            {
                for (int place = 0; place < 3; place++)
                {
                    TestMatrix<T> a = new TestMatrix<T>(n, k).SetRandom(new Random(place));
                    a.View[place * (n - 1) / 2, place * (k - 1) / 2] = T.CreateChecked(special);
                    AssertLikeReference(blas, a);
                }
            }
        }
    }

    public static void Syrk_TransposedC_FillsTheUpperTriangle(IBlas<T> blas)
    {
        TestMatrix<T> a = new TestMatrix<T>(31, 17).SetRandom(new Random(1));
        var lower = new TestMatrix<T>(31, 31, region: Region.Lower);
        var upper = new TestMatrix<T>(31, 31, region: Region.Upper);
        blas.Syrk(T.One, a.View, T.Zero, lower.View);
        blas.Syrk(T.One, a.View, T.Zero, upper.View.Transpose());
        upper.AssertGuardsIntact("C");
        TestMatrix<T> mirrored = new TestMatrix<T>(31, 31, region: Region.Lower).Set((i, j) => double.CreateChecked(upper.View[j, i]));
        NonFinite.AssertSame(lower, mirrored, 2 * 17 * Rounding.Gamma<T>(21), "upper triangle");
    }

    public static void Syrk_EmptyC_IsLeftAlone(IBlas<T> blas)
    {
        blas.Syrk(T.One, default, T.One, default);
        blas.Syrk(T.One, new ReadOnlyMatrixSpan<T>([], 0, 5), T.Zero, default);
    }

    public static void Syrk_DisagreeingShapes_AreRefusedWithTheShapes(IBlas<T> blas)
    {
        var a = new TestMatrix<T>(4, 3);
        var oblong = new TestMatrix<T>(4, 5);
        Refusal.Assert(oblong, () => blas.Syrk(T.One, a.View, T.Zero, oblong.View), "Syrk", "4 x 5");
        var large = new TestMatrix<T>(6, 6);
        Refusal.Assert(large, () => blas.Syrk(T.One, a.View, T.Zero, large.View), "Syrk", "4 x 3", "6 x 6");
    }

    public static void Syrk_OutputThatAliasesItselfOrOverlapsA_IsRefused(IBlas<T> blas)
    {
        var shared = new TestMatrix<T>(1, 64);
        var a = new TestMatrix<T>(3, 2);
        Refusal.Assert(shared, () => blas.Syrk(T.One, a.View, T.Zero, new MatrixSpan<T>(shared.Vector, 3, 3, 1, 1)), "Syrk", "alias");
        Refusal.Assert(shared, () => blas.Syrk(T.One, a.View, T.Zero, new MatrixSpan<T>(shared.Vector, 3, 3, 0, 1)), "Syrk", "alias");
        Refusal.Assert(
            shared,
            () => blas.Syrk(T.One, new ReadOnlyMatrixSpan<T>(shared.Vector, 3, 3), T.Zero, new MatrixSpan<T>(shared.Vector[8..], 3, 3)),
            "Syrk", "overlap");
    }

    private static void AssertLikeReference(IBlas<T> blas, TestMatrix<T> a)
    {
        var expected = new TestMatrix<T>(a.Rows, a.Rows, region: Region.Lower);
        var c = new TestMatrix<T>(a.Rows, a.Rows, region: Region.Lower);
        new NaiveBlas<T>().Syrk(T.One, a.View, T.Zero, expected.View);
        blas.Syrk(T.One, a.View, T.Zero, c.View);
        NonFinite.AssertSame(expected, c, 2 * a.Columns * Rounding.Gamma<T>(a.Columns + 4), $"n {a.Rows}, k {a.Columns}");
    }
}
