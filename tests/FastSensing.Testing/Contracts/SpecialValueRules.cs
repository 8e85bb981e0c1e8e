using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// The cross product of factors, sizes and special elements against the reference. All other elements are positive, so
/// that what IEEE 754 makes of an infinity or a NaN does not depend on the order of a sum.
/// </summary>
internal static class SpecialValueRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double[] Factors = [0, -0.0, 1, -1, 2.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly int[] Sizes = [0, 1, 3, 18];
    private static readonly Layout[] Layouts = Enum.GetValues<Layout>();

    /// <summary>What one element is replaced by, and in which operand; one row without.</summary>
    private static readonly (char Operand, double Value)[] Products =
    [
        (' ', 0), ('A', double.NaN), ('A', double.PositiveInfinity), ('B', double.NaN), ('B', double.NegativeInfinity),
        ('C', double.NaN), ('C', double.PositiveInfinity),
    ];

    public static void Gemm_EveryFactorSizeAndSpecialElement_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        int turn = 0;
        foreach ((int m, int n, int k) in from m in Sizes from n in Sizes from k in Sizes select (m, n, k))
        {
            foreach ((char Operand, double Value) special in Products)
            {
                TestMatrix<T> a = Positive(m, k, Turn(turn), special, 'A');
                TestMatrix<T> b = Positive(k, n, Turn(turn / 7), special, 'B');
                foreach ((double alpha, double beta) in EveryFactor())
                {
                    Layout layout = Turn(turn++);
                    AssertLike(m, n, layout, special, Region.All, $"{m} x {n} x {k}, alpha {alpha}, beta {beta}, {special}, {layout}", Tolerance(k, alpha, beta), (each, c) =>
                        (each ?? blas).Gemm(Scalar(alpha), a.View, b.View, Scalar(beta), c.View));
                }
            }
        }
    }

    /// <summary>Deep enough for sums in several blocks: alpha is a factor of the whole sum.</summary>
    public static void Products_InfiniteAlphaOfADeepSum_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        const int Depth = 520;
        foreach (Layout layout in Layouts)
        {
            foreach (double value in (double[])[0.5, double.NegativeInfinity])
            {
                TestMatrix<T> a = Positive(41, Depth, layout, ('A', value), 'A');
                TestMatrix<T> b = Positive(Depth, 29, layout, (' ', 0), 'B');
                TestMatrix<T> x = Positive(Depth, 1, Layout.Dense, (' ', 0), 'B');
                AssertLike(41, 29, Layout.Dense, (' ', 0), Region.All, $"Gemm, {layout}, {value}", 0, (each, c) =>
                    (each ?? blas).Gemm(T.PositiveInfinity, a.View, b.View, T.One, c.View));
                AssertLike(41, 2, Layout.Dense, (' ', 0), Region.All, $"thin Gemm, {layout}, {value}", 0, (each, c) =>
                    (each ?? blas).Gemm(T.NegativeInfinity, a.View, b.View.Slice(0, 0, Depth, 2), T.One, c.View));
                AssertLike(41, 41, Layout.Dense, (' ', 0), Region.Lower, $"Syrk, {layout}, {value}", 0, (each, c) =>
                    (each ?? blas).Syrk(T.NegativeInfinity, a.View, T.One, c.View));
                AssertLike(41, 1, Layout.Dense, (' ', 0), Region.All, $"Gemv, {layout}, {value}", 0, (each, y) =>
                    (each ?? blas).Gemv(T.PositiveInfinity, a.View, x.Vector, T.One, y.Vector));
            }
        }
    }

    public static void GemmBothSides_InfiniteAlphaOfADeepSum_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        const int Large = 1100;
        TestMatrix<T> g = Positive(70, Large, Layout.Dense, ('G', double.NegativeInfinity), 'G');
        TestMatrix<T> right = Positive(Large, 5, Layout.Dense, (' ', 0), 'R');
        TestMatrix<T> left = Positive(70, 5, Layout.Dense, (' ', 0), 'L');
        foreach (bool transposed in (bool[])[false, true])
        {
            AssertLike(70, 5, Layout.Dense, (' ', 0), Region.All, $"P, transposed: {transposed}", 0, (each, p) =>
                Both(each ?? blas, p, new TestMatrix<T>(Large, 5)));
            AssertLike(Large, 5, Layout.Dense, (' ', 0), Region.All, $"Q, transposed: {transposed}", 0, (each, q) =>
                Both(each ?? blas, new TestMatrix<T>(70, 5), q));

            void Both(IBlas<T> each, TestMatrix<T> p, TestMatrix<T> q)
            {
                if (transposed)
                {
                    each.GemmBothSides(T.PositiveInfinity, g.View.Transpose(), left.View, right.View, T.Zero, q.View, p.View);
                }
                else
                {
                    each.GemmBothSides(T.PositiveInfinity, g.View, right.View, left.View, T.Zero, p.View, q.View);
                }
            }
        }
    }

    public static void Gemv_EveryFactorSizeAndSpecialElement_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        foreach ((int m, int n, Layout layout) in from m in Sizes from n in Sizes from layout in Layouts select (m, n, layout))
        {
            foreach ((char Operand, double Value) special in Products)
            {
                TestMatrix<T> a = Positive(m, n, layout, special, 'A');
                TestMatrix<T> x = Positive(n, 1, Layout.Dense, special, 'B');
                foreach ((double alpha, double beta) in EveryFactor())
                {
                    AssertLike(m, 1, Layout.Dense, special, Region.All, $"{m} x {n}, alpha {alpha}, beta {beta}, {special}, {layout}", Tolerance(n, alpha, beta), (each, y) =>
                        (each ?? blas).Gemv(Scalar(alpha), a.View, x.Vector, Scalar(beta), y.Vector));
                }
            }
        }
    }

    public static void Syrk_EveryFactorSizeAndSpecialElement_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        int turn = 0;
        foreach ((int n, int k) in from n in Sizes from k in Sizes select (n, k))
        {
            foreach ((char Operand, double Value) special in Products)
            {
                TestMatrix<T> a = Positive(n, k, Turn(turn / 5), special, 'A');
                foreach ((double alpha, double beta) in EveryFactor())
                {
                    Layout layout = Turn(turn++);
                    AssertLike(n, n, layout, special, Region.Lower, $"n {n}, k {k}, alpha {alpha}, beta {beta}, {special}, {layout}", Tolerance(k, alpha, beta), (each, c) =>
                        (each ?? blas).Syrk(Scalar(alpha), a.View, Scalar(beta), c.View));
                }
            }
        }
    }

    public static void Trsm_EveryFactorSizeAndSpecialElement_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        (char Operand, double Value)[] elements =
            [.. Products, ('D', 0), ('D', double.NaN), ('D', double.PositiveInfinity), ('C', double.NegativeInfinity)];
        int turn = 0;
        foreach ((int n, int m, Triangle triangle) in from n in Sizes from m in Sizes from t in Enum.GetValues<Triangle>() select (n, m, t))
        {
            foreach ((char Operand, double Value) special in elements)
            {
                TestMatrix<T> a = Triangular(n, triangle, Turn(turn / 3), special);
                foreach (double alpha in Factors)
                {
                    Layout layout = Turn(turn++);
                    AssertLike(n, m, layout, special, Region.All, $"{triangle}, {n} x {m}, alpha {alpha}, {special}, {layout}", Tolerance(n, alpha, 0), (each, b) =>
                        (each ?? blas).Trsm(triangle, Scalar(alpha), a.View, b.View));
                }
            }
        }
    }

    /// <summary>Every element of the triangle in turn; held against the reference is INFO and what stands in the columns before the pivot.</summary>
    public static void Potrf_EverySpecialElement_IsWhatTheReferenceHas(IBlas<T> blas)
    {
        foreach (int n in (int[])[1, 2, 5, 17, 18, 33])
        {
            foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                for (int at = 0; at < n * n; at += at < 40 ? 1 : 7)
                {
                    (int row, int column) = (Math.Max(at / n, at % n), Math.Min(at / n, at % n));
                    Layout layout = Turn(at);
                    TestMatrix<T> expected = Dominant(n, layout, row, column, value);
                    TestMatrix<T> actual = Dominant(n, layout, row, column, value);
                    int info = new NaiveBlas<T>().Potrf(expected.View);
                    string what = $"n {n}, {value} at ({row}, {column}), {layout}";
                    int found = blas.Potrf(actual.View);
                    Assert.True(found == info, $"{what}: INFO is {found} instead of {info}");
                    AssertColumns(expected, actual, info == 0 ? n : info - 1, what);
                }
            }
        }
    }

    private static IEnumerable<(double Alpha, double Beta)> EveryFactor() => from alpha in Factors from beta in Factors select (alpha, beta);

    private static void AssertLike(
        int rows, int columns, Layout layout, (char Operand, double Value) special, Region region, string what, double tolerance, Action<IBlas<T>?, TestMatrix<T>> run)
    {
        TestMatrix<T> expected = Positive(rows, columns, layout, special, 'C', region);
        TestMatrix<T> actual = Positive(rows, columns, layout, special, 'C', region);
        run(new NaiveBlas<T>(), expected);
        run(null, actual);
        NonFinite.AssertSame(expected, actual, tolerance, what);
        actual.AssertGuardsIntact(what);
    }

    private static void AssertColumns(TestMatrix<T> expected, TestMatrix<T> actual, int columns, string what)
    {
        int n = expected.Rows;
        TestMatrix<T>[] both = [expected, actual];
        foreach (TestMatrix<T> each in both)
        {
            each.Set((i, j) => j < columns ? double.CreateChecked(each.View[i, j]) : 0);
        }

        NonFinite.AssertSame(expected, actual, 20 * Rounding.Gamma<T>(n + 3), what);
    }

    private static TestMatrix<T> Positive(int rows, int columns, Layout layout, (char Operand, double Value) special, char name, Region region = Region.All)
    {
        var matrix = new TestMatrix<T>(rows, columns, layout, region: region);
        matrix.Set((i, j) => 0.5 + (((i * 5) + (j * 3)) % 8 / 8.0));
        if (special.Operand == name && rows > 0 && columns > 0)
        {
            matrix.View[rows / 2, Math.Min(columns / 2, region == Region.Lower ? rows / 2 : columns)] = Scalar(special.Value);
        }

        return matrix;
    }

    private static TestMatrix<T> Triangular(int n, Triangle triangle, Layout layout, (char Operand, double Value) special)
    {
        var a = new TestMatrix<T>(n, n, layout, region: triangle == Triangle.Lower ? Region.Lower : Region.Upper);
        a.Set((i, j) => i == j ? 1 + (i % 3 / 4.0) : (1 + ((i + j) % 3)) / (16.0 * n));
        if (special.Operand is 'A' or 'D' && n > (special.Operand == 'A' ? 1 : 0))
        {
            int high = n / 2;
            int low = special.Operand == 'A' ? high - 1 : high;
            a.View[triangle == Triangle.Lower ? high : low, triangle == Triangle.Lower ? low : high] = Scalar(special.Value);
        }

        return a;
    }

    private static TestMatrix<T> Dominant(int n, Layout layout, int row, int column, double value) =>
        new TestMatrix<T>(n, n, layout, region: Region.Lower).Set((i, j) => i == row && j == column ? value : i == j ? 2 : (1 + ((i + j) % 3)) / (4.0 * n));

    private static double Tolerance(int k, double alpha, double beta) =>
        Rounding.Gamma<T>(k + 4) * ((double.IsFinite(alpha) ? Math.Abs(alpha) * 3 * (k + 1) : 0) + (double.IsFinite(beta) ? 2 * Math.Abs(beta) : 0));

    private static Layout Turn(int turn) => Layouts[turn % Layouts.Length];

    private static T Scalar(double value) => T.CreateChecked(value);
}
