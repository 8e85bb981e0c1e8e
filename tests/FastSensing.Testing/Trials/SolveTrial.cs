using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using Xunit;

namespace FastSensing.Testing.Trials;

/// <summary>
/// The trials of the triangular solves and the factorisation: what is held against the bound is the residual, element by
/// element, since the error itself depends on the condition of the matrix.
/// </summary>
internal static class SolveTrial<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>|alpha B - tri(A) X| &lt;= gamma_(n+3) (|tri(A)| |X| + |alpha B|): substitution in any order, reciprocal pivots, alpha.</summary>
    public static void Trsm(IBlas<T> blas, BlasCase call)
    {
        var random = new Random(call.Seed);
        Region region = call.Triangle == Triangle.Lower ? Region.Lower : Region.Upper;
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.M, call.A, call.Placement, region).Set(TriangularElement(call.M, random));
        using TestMatrix<T> b = new TestMatrix<T>(call.M, call.N, call.B, call.Placement).SetRandom(random);
        Grading<T>.Apply(call, a, (i, p) => Grading<T>.Outer(i) + Grading<T>.Inner(p));
        Grading<T>.Apply(call, b, (i, j) => Grading<T>.Outer(i) + Grading<T>.Outer(j));
        T[] savedA = a.Save();
        double[] before = b.ToDoubles();
        T alpha = T.CreateChecked(call.Alpha);
        blas.Trsm(call.Triangle, alpha, a.View, b.View);
        a.AssertUnchanged(savedA, $"{call}: A");
        b.AssertGuardsIntact($"{call}: B");
        AssertResidual(call, a.ToDoubles(), double.CreateChecked(alpha), before, b.ToDoubles(), Rounding.Gamma<T>(call.M + 3));
    }

    /// <summary>|A - L L^T| &lt;= gamma_(n+3) |L| |L^T|.</summary>
    public static void Potrf(IBlas<T> blas, BlasCase call)
    {
        int n = call.M;
        var random = new Random(call.Seed);
        using TestMatrix<T> a = PositiveDefinite(call, random);
        Grading<T>.Apply(call, a, (i, j) => Grading<T>.Outer(i) + Grading<T>.Outer(j));
        double[] before = a.ToDoubles();
        int info = blas.Potrf(a.View);
        Assert.True(info == 0, $"{call}: INFO is {info} on a positive definite matrix.");
        a.AssertGuardsIntact($"{call}: A");
        AssertFactor(call, before, a.ToDoubles(), n);
    }

    /// <summary>|B - L L^T X| &lt;= gamma_(2n+6) |L| |L^T| |X|: two solves of <see cref="Trsm"/>.</summary>
    public static void Potrs(IBlas<T> blas, BlasCase call)
    {
        int n = call.M;
        var random = new Random(call.Seed);
        using TestMatrix<T> l = new TestMatrix<T>(n, n, call.A, call.Placement, Region.Lower).Set(TriangularElement(n, random));
        using TestMatrix<T> b = new TestMatrix<T>(n, call.N, call.B, call.Placement).SetRandom(random);
        Grading<T>.Apply(call, l, (i, _) => Grading<T>.Outer(i));
        Grading<T>.Apply(call, b, (i, j) => Grading<T>.Outer(i) + Grading<T>.Outer(j));
        T[] savedL = l.Save();
        double[] before = b.ToDoubles();
        blas.Potrs(l.View, b.View);
        l.AssertUnchanged(savedL, $"{call}: L");
        b.AssertGuardsIntact($"{call}: B");
        (double[] product, double[] magnitude) = FactorTimesTranspose(l.ToDoubles(), n);
        AssertResidual(call, product, 1, before, b.ToDoubles(), Rounding.Gamma<T>((2 * n) + 6), magnitude);
    }

    /// <summary>Off-diagonal entries of size 1 / sqrt(n) or 1, which makes well and ill conditioned triangles; no pivot below 1/2.</summary>
    private static Func<int, int, double> TriangularElement(int n, Random random)
    {
        double scale = random.Next(2) == 0 || n > 40 ? 1 / Math.Sqrt(n) : 1;
        return (i, j) => i == j
            ? (random.Next(2) == 0 ? 1 : -1) * (0.5 + random.NextDouble())
            : scale * ((2 * random.NextDouble()) - 1);
    }

    private static TestMatrix<T> PositiveDefinite(in BlasCase call, Random random)
    {
        int n = call.M;
        using TestMatrix<T> g = new TestMatrix<T>(n, n).SetRandom(random);
        double[] rows = g.ToDoubles();
        double shift = random.Next(2) == 0 ? 1 : n;
        return new TestMatrix<T>(n, n, call.A, call.Placement, Region.Lower).Set((i, j) =>
            DoubleDouble.Dot(rows.AsSpan(i * n, n), rows.AsSpan(j * n, n)).High + (i == j ? shift : 0));
    }

    private static void AssertFactor(in BlasCase call, double[] a, double[] l, int n)
    {
        double gamma = Rounding.Gamma<T>(n + 3);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> left = l.AsSpan(i * n, j + 1);
                ReadOnlySpan<double> right = l.AsSpan(j * n, j + 1);
                double error = DoubleDouble.Dot(left, right).DistanceTo(a[(i * n) + j]);
                double bound = gamma * AbsoluteDot(left, right);
                if (!(error <= bound))
                {
                    Assert.Fail($"{call}: (L L^T)({i}, {j}) is {error:e2} off A; the bound is {bound:e2}.");
                }
            }
        }
    }

    private static void AssertResidual(
        in BlasCase call, double[] matrix, double alpha, double[] before, double[] x, double gamma, double[]? magnitude = null)
    {
        int n = call.M;
        magnitude ??= Array.ConvertAll(matrix, Math.Abs);
        var column = new double[n];
        for (int j = 0; j < call.N; j++)
        {
            for (int i = 0; i < n; i++)
            {
                column[i] = x[(i * call.N) + j];
            }

            double[] absolute = Array.ConvertAll(column, Math.Abs);
            for (int i = 0; i < n; i++)
            {
                double right = before[(i * call.N) + j];
                double error = DoubleDouble.Dot(matrix.AsSpan(i * n, n), column).AddProduct(-alpha, right).DistanceTo(0);
                double bound = gamma * (AbsoluteDot(magnitude.AsSpan(i * n, n), absolute) + Math.Abs(alpha * right));
                if (!(error <= bound))
                {
                    Assert.Fail($"{call}: the residual of element ({i}, {j}) = {column[i]:r} is {error:e2}; the bound is {bound:e2}.");
                }
            }
        }
    }

    private static (double[] Product, double[] Magnitude) FactorTimesTranspose(double[] l, int n)
    {
        var product = new double[n * n];
        var magnitude = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int length = Math.Min(i, j) + 1;
                product[(i * n) + j] = DoubleDouble.Dot(l.AsSpan(i * n, length), l.AsSpan(j * n, length)).High;
                magnitude[(i * n) + j] = AbsoluteDot(l.AsSpan(i * n, length), l.AsSpan(j * n, length));
            }
        }

        return (product, magnitude);
    }

    private static double AbsoluteDot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int p = 0; p < x.Length; p++)
        {
            sum += Math.Abs(x[p]) * Math.Abs(y[p]);
        }

        return sum;
    }
}
