using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// What <see cref="IBlas{T}.Trsm"/> and Potrs promise; every public method is one rule. Transposed layouts of B are the
/// solves from the right. The trial checks that the other triangle is not read: it is NaN.
/// </summary>
internal static class TrsmRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Triangle[] Triangles = [Triangle.Lower, Triangle.Upper];
    private static readonly (int N, int M)[] Shapes = [(1, 1), (5, 3), (20, 33), (70, 9), (130, 4)];

    public static void Trsm_EveryTriangleFactorAndLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (Triangle triangle in Triangles)
        {
            foreach (Layout a in Enum.GetValues<Layout>())
            {
                foreach (Layout b in Enum.GetValues<Layout>())
                {
                    foreach (double alpha in (double[])[0, 1, -1, 2.5])
                    {
                        foreach ((int n, int m) in ((int, int)[])[(5, 7), (13, 2), (26, 11)])
                        {
                            BlasTrial<T>.Run(blas, new BlasCase(Routine.Trsm, n, m, 0) { Triangle = triangle, Alpha = alpha, A = a, B = b });
                        }
                    }
                }
            }
        }
    }

    public static void Trsm_EverySmallShape_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (BlasCase call in ShapeLists.SmallTrsm)
        {
            BlasTrial<T>.Run(blas, call);
        }
    }

    public static void Trsm_AlphaZero_ReadsNeitherANorB(IBlas<T> blas)
    {
        foreach (Triangle triangle in Triangles)
        {
            foreach ((int n, int m) in Shapes)
            {
                var a = new TestMatrix<T>(n, n);
                var b = new TestMatrix<T>(n, m, Layout.Padded);
                blas.Trsm(triangle, T.Zero, a.View, b.View);
                Assert.All(b.ToDoubles(), x => Assert.Equal(0, x));
                b.AssertGuardsIntact("B");
            }
        }
    }

    public static void Trsm_NaNInARightHandSide_StaysInItsColumnFromItsRowOn(IBlas<T> blas)
    {
        foreach (Triangle triangle in Triangles)
        {
            foreach ((int n, int m) in Shapes)
            {
                for (int place = 0; place < 3; place++)
                {
                    (TestMatrix<T> a, TestMatrix<T> b) = Operands(triangle, n, m, place);
                    (int row, int column) = (place * (n - 1) / 2, place * (m - 1) / 2);
                    b.View[row, column] = T.NaN;
                    blas.Trsm(triangle, T.One, a.View, b.View);
                    AssertNaNExactly(b, (i, j) => j == column && (triangle == Triangle.Lower ? i >= row : i <= row), $"{triangle}, {n} x {m}");
                }
            }
        }
    }

    public static void Trsm_NaNInTheMatrix_ReachesTheRowsFromItsOwnOn(IBlas<T> blas)
    {
        foreach (Triangle triangle in Triangles)
        {
            foreach ((int n, int m) in Shapes)
            {
                for (int row = 0; row < n; row += 1 + (n / 5))
                {
                    (TestMatrix<T> a, TestMatrix<T> b) = Operands(triangle, n, m, row);
                    a.View[row, triangle == Triangle.Lower ? row / 2 : row + ((n - 1 - row) / 2)] = T.NaN;
                    blas.Trsm(triangle, T.One, a.View, b.View);
                    AssertNaNExactly(b, (i, _) => triangle == Triangle.Lower ? i >= row : i <= row, $"{triangle}, {n} x {m}, row {row}");
                }
            }
        }
    }

    public static void Trsm_ZeroPivot_GivesInfinityInItsRow(IBlas<T> blas)
    {
        foreach (Triangle triangle in Triangles)
        {
            foreach ((int n, int m) in Shapes)
            {
                (TestMatrix<T> a, TestMatrix<T> b) = Operands(triangle, n, m, n);
                int row = n / 2;
                a.View[row, row] = T.Zero;
                blas.Trsm(triangle, T.One, a.View, b.View);
                double[] x = b.ToDoubles();
                for (int at = 0; at < x.Length; at++)
                {
                    int i = at / m;
                    bool expected = i == row ? double.IsInfinity(x[at])
                        : (triangle == Triangle.Lower ? i < row : i > row) == double.IsFinite(x[at]);
                    Assert.True(expected, $"{triangle}, {n} x {m}: element ({i}, {at % m}) is {x[at]} with the pivot of row {row} zero");
                }
            }
        }
    }

    public static void Trsm_EmptyB_IsLeftAlone(IBlas<T> blas)
    {
        blas.Trsm(Triangle.Lower, T.One, default, default);
        blas.Trsm(Triangle.Upper, T.One, new TestMatrix<T>(3, 3).View, new MatrixSpan<T>([], 3, 0));
    }

    public static void Trsm_DisagreeingShapes_AreRefusedWithTheShapes(IBlas<T> blas)
    {
        var b = new TestMatrix<T>(4, 5);
        var oblong = new TestMatrix<T>(4, 6);
        var small = new TestMatrix<T>(3, 3);
        Refusal.Assert(b, () => blas.Trsm(Triangle.Lower, T.One, oblong.View, b.View), "Trsm", "4 x 6");
        Refusal.Assert(b, () => blas.Trsm(Triangle.Upper, T.One, small.View, b.View), "Trsm", "3 x 3", "4 x 5");
        Refusal.Assert(b, () => blas.Potrs(small.View, b.View), "3 x 3", "4 x 5");
    }

    public static void Trsm_OutputThatAliasesItselfOrOverlapsA_IsRefused(IBlas<T> blas)
    {
        var shared = new TestMatrix<T>(1, 64);
        var a = new TestMatrix<T>(3, 3);
        Refusal.Assert(shared, () => blas.Trsm(Triangle.Lower, T.One, a.View, new MatrixSpan<T>(shared.Vector, 3, 3, 1, 1)), "Trsm", "alias");
        Refusal.Assert(shared, () => blas.Trsm(Triangle.Lower, T.One, a.View, new MatrixSpan<T>(shared.Vector, 3, 3, 3, 0)), "Trsm", "alias");
        Refusal.Assert(
            shared,
            () => blas.Trsm(Triangle.Lower, T.One, new ReadOnlyMatrixSpan<T>(shared.Vector, 3, 3), new MatrixSpan<T>(shared.Vector[8..], 3, 3)),
            "Trsm", "overlap");
    }

    public static void Potrs_EveryLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (Layout a in Enum.GetValues<Layout>())
        {
            foreach (Layout b in Enum.GetValues<Layout>())
            {
                foreach ((int n, int m) in ((int, int)[])[(0, 3), (1, 1), (6, 4), (27, 5)])
                {
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Potrs, n, m, 0) { A = a, B = b });
                }
            }
        }
    }

    private static (TestMatrix<T> A, TestMatrix<T> B) Operands(Triangle triangle, int n, int m, int seed)
    {
        var random = new Random(seed);
        Region region = triangle == Triangle.Lower ? Region.Lower : Region.Upper;
        TestMatrix<T> a = new TestMatrix<T>(n, n, region: region).Set((i, j) => i == j ? 2 : ((2 * random.NextDouble()) - 1) / n);
        return (a, new TestMatrix<T>(n, m).SetRandom(random));
    }

    private static void AssertNaNExactly(TestMatrix<T> b, Func<int, int, bool> isNaN, string what)
    {
        double[] x = b.ToDoubles();
        for (int at = 0; at < x.Length; at++)
        {
            (int i, int j) = (at / b.Columns, at % b.Columns);
            bool expected = isNaN(i, j) ? double.IsNaN(x[at]) : double.IsFinite(x[at]);
            Assert.True(expected, $"{what}: element ({i}, {j}) is {x[at]}");
        }
    }
}
