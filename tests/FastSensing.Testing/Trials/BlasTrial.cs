using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using Xunit;

namespace FastSensing.Testing.Trials;

/// <summary>
/// Runs a <see cref="BlasCase"/> and fails unless: every element is within its rounding-error bound of the result in
/// twice the precision; inputs keep their bits; everything around and between the elements, and the triangle that is
/// none of the routine's business, stays NaN. Outputs that are not to be read start as NaN.
/// </summary>
public static class BlasTrial<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs the case on <paramref name="blas"/>.</summary>
    public static void Run(IBlas<T> blas, in BlasCase call)
    {
        switch (call.Routine)
        {
            case Routine.Gemm: Gemm(blas, call); break;
            case Routine.Gemv: Gemv(blas, call); break;
            case Routine.Syrk: Syrk(blas, call); break;
            case Routine.Trsm: SolveTrial<T>.Trsm(blas, call); break;
            case Routine.Potrf: SolveTrial<T>.Potrf(blas, call); break;
            case Routine.Potrs: SolveTrial<T>.Potrs(blas, call); break;
            default: throw new ArgumentOutOfRangeException(nameof(call), call.Routine, null);
        }
    }

    private static void Gemm(IBlas<T> blas, BlasCase call)
    {
        var random = new Random(call.Seed);
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A, call.Placement).SetRandom(random);
        using TestMatrix<T> b = new TestMatrix<T>(call.K, call.N, call.B, call.Placement).SetRandom(random);
        using var c = new TestMatrix<T>(call.M, call.N, call.C, call.Placement);
        Grading<T>.Apply(call, a, (i, p) => Grading<T>.Outer(i) + Grading<T>.Inner(p));
        Grading<T>.Apply(call, b, (p, j) => Grading<T>.Outer(j) - Grading<T>.Inner(p));
        Product(call, a, b, c, random, () => blas.Gemm(Scalar(call.Alpha), a.View, b.View, Scalar(call.Beta), c.View));
    }

    private static void Gemv(IBlas<T> blas, BlasCase call)
    {
        var random = new Random(call.Seed);
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A, call.Placement).SetRandom(random);
        using TestMatrix<T> x = new TestMatrix<T>(call.K, 1, VectorLayout(call.B), call.Placement).SetRandom(random);
        using var y = new TestMatrix<T>(call.M, 1, VectorLayout(call.C), call.Placement);
        Grading<T>.Apply(call, a, (i, p) => Grading<T>.Outer(i) + Grading<T>.Inner(p));
        Grading<T>.Apply(call, x, (p, j) => Grading<T>.Outer(j) - Grading<T>.Inner(p));
        Product(call with { N = 1 }, a, x, y, random, () => blas.Gemv(Scalar(call.Alpha), a.View, x.Vector, Scalar(call.Beta), y.Vector));
    }

    private static void Syrk(IBlas<T> blas, BlasCase call)
    {
        var random = new Random(call.Seed);
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A, call.Placement).SetRandom(random);
        Grading<T>.Apply(call, a, (i, _) => Grading<T>.Outer(i));
        using TestMatrix<T> transposed = new TestMatrix<T>(call.K, call.M).Set((i, j) => double.CreateChecked(a.View[j, i]));
        using var c = new TestMatrix<T>(call.M, call.M, call.C, call.Placement, Region.Lower);
        Product(call with { N = call.M }, a, transposed, c, random, () => blas.Syrk(Scalar(call.Alpha), a.View, Scalar(call.Beta), c.View));
    }

    private static void Product(in BlasCase call, TestMatrix<T> a, TestMatrix<T> b, TestMatrix<T> c, Random random, Action run)
    {
        if (call.Beta != 0)
        {
            c.SetRandom(random);
            Grading<T>.Apply(call, c, (i, j) => Grading<T>.Outer(i) + Grading<T>.Outer(j));
        }

        T[] savedA = a.Save();
        T[] savedB = b.Save();
        double[] before = call.Beta == 0 ? new double[c.Rows * c.Columns] : c.ToDoubles();
        run();
        a.AssertUnchanged(savedA, $"{call}: A");
        b.AssertUnchanged(savedB, $"{call}: B");
        c.AssertGuardsIntact($"{call}: C");
        var oracle = new ProductOracle(a.ToDoubles(), Transposed(b), a.Columns, Rounding.Gamma<T>(call.K + 4));
        oracle.AssertProduct(call, double.CreateChecked(Scalar(call.Alpha)), double.CreateChecked(Scalar(call.Beta)), before, c.ToDoubles());
    }

    private static double[] Transposed(TestMatrix<T> b)
    {
        using TestMatrix<T> transposed = new TestMatrix<T>(b.Columns, b.Rows).Set((i, j) => double.CreateChecked(b.View[j, i]));
        return transposed.ToDoubles();
    }

    private static T Scalar(double value) => T.CreateChecked(value);

    private static Layout VectorLayout(Layout layout) => layout == Layout.OffsetByOne ? Layout.OffsetByOne : Layout.Dense;
}
