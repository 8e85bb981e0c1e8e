using System.Numerics;
using FastSensing.Testing.Matrices;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>Holds NaN and infinities of a result against those of the reference: the same kind at the same places.</summary>
internal static class NonFinite
{
    /// <summary>Fails unless both have NaN, +infinity, -infinity and finite values at the same places; finite ones may differ by <paramref name="tolerance"/>.</summary>
    public static void AssertSame<T>(TestMatrix<T> expected, TestMatrix<T> actual, double tolerance, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] e = expected.ToDoubles();
        double[] a = actual.ToDoubles();
        for (int at = 0; at < e.Length; at++)
        {
            bool same = double.IsFinite(e[at])
                ? Math.Abs(e[at] - a[at]) <= tolerance
                : e[at].Equals(a[at]);
            if (!same)
            {
                Assert.Fail($"{what}: element ({at / expected.Columns}, {at % expected.Columns}) is {a[at]}, the reference has {e[at]}.");
            }
        }
    }

    /// <summary>Fails unless <paramref name="c"/> is exactly beta times what it was, with its guards intact.</summary>
    public static void AssertScaled<T>(double[] before, double beta, TestMatrix<T> c, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T factor = T.CreateChecked(beta);
        TestMatrix<T> expected = new TestMatrix<T>(c.Rows, c.Columns)
            .Set((i, j) => double.CreateChecked(factor * T.CreateChecked(before[(i * c.Columns) + j])));
        AssertSame(expected, c, 0, what);
        c.AssertGuardsIntact(what);
    }
}
