using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// What <see cref="IBlas{T}.Potrf"/> promises of matrices that are not positive definite: INFO is exact, the columns
/// before the pivot are those of the factor, and nothing above the diagonal is touched. The pivot stands at every
/// position of every order up to 70, and around the blocks of some larger ones.
/// </summary>
internal static class PotrfPivotRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double[] Failing = [-1, 0, -0.0, double.NaN, double.NegativeInfinity];
    private static readonly int[] AllKinds = [1, 8, 9, 17, 33, 65, 130];
    private static readonly Layout[] Layouts = Enum.GetValues<Layout>();

    public static void Potrf_NonPositivePivot_ReturnsItsPositionAndLeavesTheColumnsBeforeItValid(IBlas<T> blas)
    {
        foreach (int n in Orders())
        {
            double[] values = Dominant(n);
            foreach (int pivot in Pivots(n))
            {
                Layout layout = Layouts[pivot % Layouts.Length];
                double[] factor = StopsAt(blas, n, layout, values, pivot, Failing[(n + pivot) % Failing.Length]);
                AssertColumns(values, factor, n, pivot);
                foreach (double diagonal in AllKinds.Contains(n) ? Failing : [])
                {
                    // What stands at the pivot has no part in the columns before it.
                    Assert.Equal(factor, StopsAt(blas, n, layout, values, pivot, diagonal));
                }
            }
        }
    }

    /// <summary>An order that is halved, with the pivot in either half, at its first and its last row.</summary>
    public static void Potrf_NonPositivePivotInEitherHalf_LeavesTheColumnsBeforeItValid(IBlas<T> blas)
    {
        int n = PotrfKernel<Scalar<T>, T, T>.LargestOrder + 75;
        double[] values = Dominant(n);
        foreach (int pivot in (int[])[1, 100, 191, 192, 255, 256, n - 1])
        {
            foreach (Layout layout in (Layout[])[Layout.Dense, Layout.Transposed])
            {
                AssertColumns(values, StopsAt(blas, n, layout, values, pivot, -1), n, pivot);
            }
        }
    }

    /// <summary>A = V V^T of rank r with integers V: every number on the way is exact, and pivot r + 1 is exactly zero.</summary>
    public static void Potrf_Semidefinite_StopsBehindItsRank(IBlas<T> blas)
    {
        foreach (int n in Orders())
        {
            static double V(int i, int j) => i == j ? 1 + (j % 2) : i > j ? ((i * 7) + (j * 3) + (i * j % 5)) % 3 - 1 : 0;
            HashSet<int> ranks = [.. Pivots(n)];
            var column = new double[n];
            var values = new double[n * n];
            for (int rank = 0; rank < n; rank++)
            {
                if (ranks.Contains(rank))
                {
                    TestMatrix<T> a = Matrix(n, Layouts[rank % Layouts.Length], values);
                    int info = blas.Potrf(a.View);
                    Assert.True(info == rank + 1, $"n {n}, rank {rank}: INFO is {info}");
                    a.AssertGuardsIntact($"n {n}, rank {rank}");
                    AssertColumnsOf(a, rank, V, 0, $"n {n}, rank {rank}");
                }

                for (int i = 0; i < n; i++)
                {
                    column[i] = V(i, rank);
                    for (int j = 0; j <= i; j++)
                    {
                        values[(i * n) + j] += column[i] * column[j];
                    }
                }
            }
        }
    }

    /// <summary>
    /// The identity but for a tiny pivot with one large element below it: the factor is huge there, and the pivot of that
    /// row is far below zero. What lies between has nothing to do with it.
    /// </summary>
    public static void Potrf_TinyPivotAboveALargeElement_StopsAtTheRowOfTheElement(IBlas<T> blas)
    {
        double smallestNormal = typeof(T) == typeof(double) ? Math.ScaleB(1, -1022) : Math.ScaleB(1, -126);
        foreach (int n in (int[])[2, 3, 7, 17, 40])
        {
            foreach (double tiny in (double[])[double.CreateChecked(T.Epsilon), smallestNormal / 8, smallestNormal, Math.Sqrt(smallestNormal)])
            {
                for (int pivot = 0; pivot < n - 1; pivot++)
                {
                    for (int row = pivot + 1; row < n; row++)
                    {
                        double Element(int i, int j) => i == pivot && j == pivot ? tiny : i == row && j == pivot ? 100 : i == j ? 1 : 0;
                        double Factor(int i, int j) => Element(i, j) / (j == pivot ? Math.Sqrt(tiny) : 1);
                        TestMatrix<T> a = new TestMatrix<T>(n, n, Layouts[row % Layouts.Length], region: Region.Lower).Set(Element);
                        int info = blas.Potrf(a.View);
                        string what = $"n {n}, pivot {tiny:r} at {pivot}, element in row {row}";
                        Assert.True(info == row + 1, $"{what}: INFO is {info}");
                        a.AssertGuardsIntact(what);
                        AssertColumnsOf(a, row, (i, j) => i == j && j == pivot ? Math.Sqrt(tiny) : Factor(i, j), 4 * Rounding.Unit<T>(), what);
                    }
                }
            }
        }
    }

    /// <summary>[t, c; c, d] with a subnormal t and d just above c^2 / t: positive definite, and no number of its factor is out of range.</summary>
    public static void Potrf_SubnormalPivotWithAFactorInRange_IsFactored(IBlas<T> blas)
    {
        (int t, int c, int d) = typeof(T) == typeof(double) ? (-1060, -20, 1021) : (-140, -10, 122);
        foreach (int gap in (int[])[0, 1, 6, 15, 30])
        {
            int n = gap + 2;
            TestMatrix<T> a = new TestMatrix<T>(n, n, region: Region.Lower).Set((i, j) =>
                i != j ? (i == n - 1 && j == 0 ? Math.ScaleB(1, c) : 0) : Math.ScaleB(1, i == 0 ? t : i == n - 1 ? d : 0));
            int info = blas.Potrf(a.View);
            Assert.True(info == 0, $"n {n}: INFO is {info}");
            Assert.Equal(Math.ScaleB(1, c - (t / 2)), double.CreateChecked(a.View[n - 1, 0]));
            Assert.Equal(double.CreateChecked(T.Sqrt(T.CreateChecked(Math.ScaleB(1, d) - Math.ScaleB(1, (2 * c) - t)))), double.CreateChecked(a.View[n - 1, n - 1]));
        }
    }

    private static IEnumerable<int> Orders() => [.. Enumerable.Range(1, 70), 95, 96, 97, 127, 128, 129, 130];

    /// <summary>Every position, or those beside a multiple of 16 where the order is large.</summary>
    private static IEnumerable<int> Pivots(int n) => Enumerable.Range(0, n).Where(p => n <= 70 || p == n - 1 || (p + 1) % 16 <= 2);

    private static double[] StopsAt(IBlas<T> blas, int n, Layout layout, double[] values, int pivot, double diagonal)
    {
        TestMatrix<T> a = Matrix(n, layout, values);
        a.View[pivot, pivot] = T.CreateChecked(diagonal);
        int info = blas.Potrf(a.View);
        string what = $"n {n}, {layout}, {diagonal} at {pivot}";
        Assert.True(info == pivot + 1, $"{what}: INFO is {info}");
        a.AssertGuardsIntact(what);
        double[] factor = a.ToDoubles();
        for (int at = 0; at < factor.Length; at++)
        {
            factor[at] = at % n < pivot ? factor[at] : 0;
        }

        return factor;
    }

    /// <summary>|A - L L^T| &lt;= gamma_(n+3) |L| |L^T| in the columns before the pivot.</summary>
    private static void AssertColumns(double[] values, double[] factor, int n, int pivot)
    {
        double gamma = Rounding.Gamma<T>(n + 3);
        for (int j = 0; j < pivot; j++)
        {
            ReadOnlySpan<double> right = factor.AsSpan(j * n, j + 1);
            for (int i = j; i < n; i++)
            {
                ReadOnlySpan<double> left = factor.AsSpan(i * n, j + 1);
                double magnitude = 0;
                for (int p = 0; p <= j; p++)
                {
                    magnitude += Math.Abs(left[p] * right[p]);
                }

                // The pivot itself was replaced in its diagonal place only, which is in no column before it.
                double error = DoubleDouble.Dot(left, right).DistanceTo(values[(i * n) + j]);
                if (!(error <= gamma * magnitude))
                {
                    Assert.Fail($"n {n}, pivot {pivot}: element ({i}, {j}) of L L^T is {error:e2} off");
                }
            }
        }
    }

    private static void AssertColumnsOf(TestMatrix<T> a, int columns, Func<int, int, double> factor, double tolerance, string what)
    {
        double[] values = a.ToDoubles();
        for (int j = 0; j < columns; j++)
        {
            for (int i = j; i < a.Rows; i++)
            {
                double expected = factor(i, j);
                double found = values[(i * a.Rows) + j];
                if (!(Math.Abs(found - expected) <= tolerance * Math.Abs(expected)))
                {
                    Assert.Fail($"{what}: element ({i}, {j}) is {found:r} instead of {expected:r}");
                }
            }
        }
    }

    private static TestMatrix<T> Matrix(int n, Layout layout, double[] values) =>
        new TestMatrix<T>(n, n, layout, region: Region.Lower).Set((i, j) => values[(i * n) + j]);

    /// <summary>Symmetric with a dominant diagonal: no pivot falls below 1, and no earlier one changes when a diagonal element does.</summary>
    private static double[] Dominant(int n)
    {
        var random = new Random(n);
        var values = new double[n * n];
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = at % (n + 1) == 0 ? 2 : double.CreateChecked(T.CreateChecked(((2 * random.NextDouble()) - 1) / n));
        }

        return values;
    }
}
