using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Testing.Matrices;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// Inputs whose results are known to the last bit: permutations, small integers with blocks of zeros and repeated rows and columns, triangles and
/// factors of integers, all of them also as multiples of the smallest number; and zeros with their signs.
/// </summary>
internal static class StructureRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] Sizes = [1, 2, 5, 8, 17, 33, 50, 66];
    private static readonly Layout[] Layouts = Enum.GetValues<Layout>();

    /// <summary>The spacing of the smallest numbers; an even power of two, because square roots are taken.</summary>
    private static double Tiny => typeof(T) == typeof(double) ? Math.ScaleB(1, -1074) : Math.ScaleB(1, -148);

    public static void Products_WithAPermutation_MoveElementsExactly(IBlas<T> blas)
    {
        foreach ((int n, Layout layout) in EveryCase())
        {
            TestMatrix<T> p = new TestMatrix<T>(n, n, layout).Set((i, j) => j == Image(i, n) ? 1 : 0);
            TestMatrix<T> b = new TestMatrix<T>(n, n, layout).SetRandom(new Random(n));
            TestMatrix<T> rows = Output(n, n, layout);
            TestMatrix<T> columns = Output(n, n, layout);
            TestMatrix<T> unit = Output(n, n, layout, Region.Lower);
            TestMatrix<T> x = Output(n, 1, Layout.Dense);
            blas.Gemm(T.One, p.View, b.View, T.Zero, rows.View);
            blas.Gemm(-T.One, b.View, p.View.Transpose(), T.Zero, columns.View);
            blas.Syrk(T.One, p.View, T.Zero, unit.View);
            blas.Gemv(T.One, p.View, Column(b, 0), T.Zero, x.Vector);
            string what = $"permutation of {n}, {layout}";
            AssertExactly(rows, (i, j) => At(b, Image(i, n), j), what);
            AssertExactly(columns, (i, j) => -At(b, i, Image(j, n)), what);
            AssertExactly(unit, (i, j) => i == j ? 1 : 0, what);
            AssertExactly(x, (i, _) => At(b, Image(i, n), 0), what);
        }
    }

    public static void Products_OfIntegersAndBlocksOfZeros_AreExact(IBlas<T> blas) => AssertIntegerProducts(blas, 1);

    public static void Products_OfSubnormalNumbers_AreExact(IBlas<T> blas) => AssertIntegerProducts(blas, Tiny);

    public static void Trsm_OfIntegers_IsExact(IBlas<T> blas)
    {
        foreach (Triangle triangle in Enum.GetValues<Triangle>())
        {
            foreach (double scale in (double[])[1, Tiny])
            {
                foreach ((int n, Layout layout) in EveryCase())
                {
                    // At most four elements a row, so that no sum leaves the exact integers.
                    bool Inside(int i, int j) => triangle == Triangle.Lower ? j <= i : j >= i;
                    double Element(int i, int j) => i == j ? 1 - (2 * (i % 2)) : Math.Abs(i - j) is 1 or 7 or 20 ? (i + j) % 3 - 1 : 0;
                    double Solution(int i, int j) => scale * (((i * 3) + (j * 5)) % 9 - 4);
                    TestMatrix<T> a = new TestMatrix<T>(n, n, layout, region: triangle == Triangle.Lower ? Region.Lower : Region.Upper).Set(Element);
                    TestMatrix<T> b = new TestMatrix<T>(n, 11, layout).Set((i, j) =>
                        Enumerable.Range(0, n).Sum(p => Inside(i, p) ? Element(i, p) * Solution(p, j) : 0));
                    blas.Trsm(triangle, -T.One, a.View, b.View);
                    AssertExactly(b, (i, j) => -Solution(i, j), $"{triangle}, n {n}, {layout}, scale {scale}");
                }
            }
        }
    }

    public static void Trsm_OfTheIdentity_KeepsEveryBit(IBlas<T> blas)
    {
        foreach ((int n, Layout layout) in EveryCase())
        {
            TestMatrix<T> unit = new TestMatrix<T>(n, n, layout, region: Region.Lower).Set((i, j) => i == j ? 1 : 0);
            TestMatrix<T> b = new TestMatrix<T>(n, 9, layout).SetRandom(new Random(n));
            double[] before = b.ToDoubles();
            blas.Trsm(Triangle.Lower, T.One, unit.View, b.View);
            blas.Trsm(Triangle.Upper, T.One, unit.View.Transpose(), b.View);
            AssertExactly(b, (i, j) => before[(i * 9) + j], $"identity of {n}, {layout}");
        }
    }

    public static void Potrf_OfAnIntegerFactor_IsExact(IBlas<T> blas)
    {
        foreach (double scale in (double[])[1, Tiny])
        {
            foreach ((int n, Layout layout) in EveryCase())
            {
                double Factor(int i, int j) => i == j ? 1 + (i % 2) : j < i && ((i - j) is 1 or 3 or 17) ? (i + j) % 3 - 1 : 0;
                TestMatrix<T> a = new TestMatrix<T>(n, n, layout, region: Region.Lower).Set((i, j) =>
                    scale * Enumerable.Range(0, j + 1).Sum(p => Factor(i, p) * Factor(j, p)));
                int info = blas.Potrf(a.View);
                Assert.True(info == 0, $"n {n}, {layout}, scale {scale}: INFO is {info}");
                AssertExactly(a, (i, j) => Math.Sqrt(scale) * Factor(i, j), $"n {n}, {layout}, scale {scale}");
            }
        }
    }

    public static void Scaling_OfZeros_KeepsTheirSigns(IBlas<T> blas)
    {
        foreach ((double beta, double expected) in ((double, double)[])[(1, -0.0), (-1, 0.0), (0, 0.0), (2.5, -0.0)])
        {
            foreach (Layout layout in Layouts)
            {
                TestMatrix<T> c = new TestMatrix<T>(9, 9, layout).Set((_, _) => -0.0);
                TestMatrix<T> triangle = new TestMatrix<T>(9, 9, layout, region: Region.Lower).Set((_, _) => -0.0);
                TestMatrix<T> y = new TestMatrix<T>(9, 1).Set((_, _) => -0.0);
                var a = new TestMatrix<T>(9, 9, layout);
                blas.Gemm(T.Zero, a.View, a.View, T.CreateChecked(beta), c.View);
                blas.Syrk(T.Zero, a.View, T.CreateChecked(beta), triangle.View);
                blas.Gemv(T.Zero, a.View, Column(a, 0), T.CreateChecked(beta), y.Vector);
                foreach (TestMatrix<T> each in (TestMatrix<T>[])[c, y])
                {
                    Assert.All(each.ToDoubles(), v => Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(v)));
                }

                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(At(triangle, 8, 3)));
            }
        }
    }

    public static void Products_OfZerosOfBothSigns_AreZero(IBlas<T> blas)
    {
        foreach ((int n, Layout layout) in EveryCase())
        {
            TestMatrix<T> a = new TestMatrix<T>(n, n, layout).Set((i, j) => (i + j) % 2 == 0 ? 0.0 : -0.0);
            TestMatrix<T> b = new TestMatrix<T>(n, n, layout).SetRandom(new Random(n));
            foreach (T alpha in (T[])[T.One, -T.One])
            {
                TestMatrix<T> c = Output(n, n, layout);
                blas.Gemm(alpha, a.View, b.View, T.Zero, c.View);
                AssertExactly(c, (_, _) => 0, $"n {n}, {layout}");
                blas.Trsm(Triangle.Upper, alpha, Unit(n, layout).View, a.View);
                AssertExactly(a, (_, _) => 0, $"n {n}, {layout}");
            }
        }
    }

    /// <summary>Depth 300 is more than one block of the inner dimension; 300 products of at most 64 are exact in single precision.</summary>
    private static void AssertIntegerProducts(IBlas<T> blas, double scale)
    {
        foreach ((int n, Layout layout) in EveryCase())
        {
            int k = n == 33 ? 300 : n + 3;
            TestMatrix<T> a = new TestMatrix<T>(n, k, layout).Set((i, p) => scale * Integer(i, p));
            TestMatrix<T> b = new TestMatrix<T>(k, n, layout).Set((p, j) => Integer(j + 1, p));
            TestMatrix<T> root = new TestMatrix<T>(n, k, layout).Set((i, p) => Math.Sqrt(scale) * Integer(i, p));
            TestMatrix<T> c = new TestMatrix<T>(n, n, layout).Set((i, j) => scale * (i - j));
            TestMatrix<T> gram = Output(n, n, layout, Region.Lower);
            TestMatrix<T> y = Output(n, 1, Layout.Dense);
            double Sum(int i, int j) => scale * Enumerable.Range(0, k).Sum(p => Integer(i, p) * Integer(j, p));
            blas.Gemm(-T.One, a.View, b.View, T.One, c.View);
            blas.Syrk(T.One, root.View, T.Zero, gram.View);
            blas.Gemv(T.One, a.View, Column(b, 0), T.Zero, y.Vector);
            string what = $"n {n}, k {k}, {layout}, scale {scale}";
            AssertExactly(c, (i, j) => (scale * (i - j)) - Sum(i, j + 1), what);
            AssertExactly(gram, Sum, what);
            AssertExactly(y, (i, _) => Sum(i, 1), what);
        }
    }

    /// <summary>From -8 to 8; row 24 repeats row 0 and so on; zero wherever both coordinates are in the second third of twelve.</summary>
    private static double Integer(int i, int p)
    {
        i %= 24;
        return i % 12 / 4 == 1 && p % 12 / 4 == 1 ? 0 : ((i * 7) + (p * 5) + (i * p % 3)) % 17 - 8;
    }

    private static IEnumerable<(int Size, Layout Layout)> EveryCase() => from n in Sizes from layout in Layouts select (n, layout);

    private static int Image(int i, int n) => n - 1 - ((i + (n / 3)) % n);

    private static double At(TestMatrix<T> matrix, int i, int j) => double.CreateChecked(matrix.View[i, j]);

    private static TestMatrix<T> Unit(int n, Layout layout) => new TestMatrix<T>(n, n, layout, region: Region.Upper).Set((i, j) => i == j ? 1 : 0);

    /// <summary>NaN until it is written.</summary>
    private static TestMatrix<T> Output(int rows, int columns, Layout layout, Region region = Region.All) => new(rows, columns, layout, region: region);

    private static T[] Column(TestMatrix<T> matrix, int column)
    {
        var values = new T[matrix.Rows];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix.View[i, column];
        }

        return values;
    }

    /// <summary>Equal as numbers: a zero may have either sign.</summary>
    private static void AssertExactly(TestMatrix<T> actual, Func<int, int, double> expected, string what)
    {
        double[] values = actual.ToDoubles();
        for (int at = 0; at < values.Length; at++)
        {
            (int i, int j) = (at / actual.Columns, at % actual.Columns);
            if (actual.Contains(i, j) && !(values[at] == expected(i, j)))
            {
                Assert.Fail($"{what}: element ({i}, {j}) is {values[at]:r}, exact is {expected(i, j):r}");
            }
        }

        actual.AssertGuardsIntact(what);
    }
}
