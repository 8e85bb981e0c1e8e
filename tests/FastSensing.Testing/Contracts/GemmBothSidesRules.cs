using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;

namespace FastSensing.Testing.Contracts;

/// <summary>What <see cref="IBlas{T}.GemmBothSides"/> promises; every public method is one rule. The reference is two products of <see cref="NaiveBlas{T}"/>.</summary>
internal static class GemmBothSidesRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Around one and two blocks of the sweep in either direction, for both element types.
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (1, 1, 1), (5, 7, 3), (63, 20, 5), (64, 9, 1), (65, 33, 8), (130, 40, 2),
        (257, 255, 6), (255, 257, 5), (258, 513, 2), (66, 1023, 7), (3, 1024, 6), (66, 1023, 2), (3, 1024, 3), (65, 1025, 2), (5, 2049, 1), (1030, 70, 2), (2050, 3, 1),
    ];

    public static void GemmBothSides_EveryBlockEdgeAndFactor_IsWithinItsBound(IBlas<T> blas)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            foreach ((double alpha, double beta) in ((double, double)[])[(1, 0), (2.5, 1), (-1, -0.5)])
            {
                AssertLikeTwoProducts(blas, new Operands(m, n, k, Layout.Dense, Layout.Dense), alpha, beta);
            }
        }
    }

    public static void GemmBothSides_EveryLayout_IsWithinItsBound(IBlas<T> blas)
    {
        foreach (Layout g in Enum.GetValues<Layout>())
        {
            foreach (Layout thin in Enum.GetValues<Layout>())
            {
                AssertLikeTwoProducts(blas, new Operands(70, 66, 3, g, thin), 1, 0);
                AssertLikeTwoProducts(blas, new Operands(70, 66, 3, g, thin), 1, 1);
            }
        }
    }

    public static void GemmBothSides_AlphaZeroOrNoProduct_OnlyScales(IBlas<T> blas)
    {
        foreach (double beta in RuleValues.Factors)
        {
            foreach ((int m, int n, double alpha) in ((int, int, double)[])[(70, 30, 0), (0, 5, 1), (5, 0, 1)])
            {
                var g = new TestMatrix<T>(m, n);
                (TestMatrix<T> right, TestMatrix<T> left) = (new(n, 2), new(m, 2));
                (TestMatrix<T> p, TestMatrix<T> q) = (new(m, 2), new(n, 2));
                double[] oldP = beta == 0 ? new double[m * 2] : p.SetRandom(new Random(1)).ToDoubles();
                double[] oldQ = beta == 0 ? new double[n * 2] : q.SetRandom(new Random(2)).ToDoubles();
                blas.GemmBothSides(T.CreateChecked(alpha), g.View, right.View, left.View, T.CreateChecked(beta), p.View, q.View);
                NonFinite.AssertScaled(oldP, beta, p, $"P of {m} x {n}, beta {beta}");
                NonFinite.AssertScaled(oldQ, beta, q, $"Q of {m} x {n}, beta {beta}");
            }
        }
    }

    public static void GemmBothSides_DisagreeingShapes_AreRefusedWithTheShapes(IBlas<T> blas)
    {
        var x = new TestMatrix<T>(4, 6);
        (TestMatrix<T> right, TestMatrix<T> left, TestMatrix<T> p, TestMatrix<T> q) = (new(6, 2), new(4, 2), new(4, 2), new(6, 2));
        var wrong = new TestMatrix<T>(5, 2);
        string[] parts = ["GemmBothSides", "4 x 6", "5 x 2"];
        Refusal.Assert(p, () => blas.GemmBothSides(T.One, x.View, wrong.View, left.View, T.Zero, p.View, q.View), parts);
        Refusal.Assert(p, () => blas.GemmBothSides(T.One, x.View, right.View, wrong.View, T.Zero, p.View, q.View), parts);
        Refusal.Assert(q, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, wrong.View, q.View), parts);
        Refusal.Assert(p, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, p.View, wrong.View), parts);
    }

    public static void GemmBothSides_OverlappingOutputs_AreRefused(IBlas<T> blas)
    {
        TestMatrix<T> x = new TestMatrix<T>(4, 4).SetRandom(new Random(1));
        (TestMatrix<T> right, TestMatrix<T> left, TestMatrix<T> p, TestMatrix<T> q) = (new(4, 4), new(4, 4), new(4, 4), new(4, 4));
        Refusal.Assert(p, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, p.View, p.View), "overlap");
        foreach (TestMatrix<T> input in (TestMatrix<T>[])[x, right, left])
        {
            Refusal.Assert(p, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, input.View, q.View), "overlap");
            Refusal.Assert(q, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, p.View, input.View), "overlap");
        }

        Refusal.Assert(
            p, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, new MatrixSpan<T>(p.Vector, 4, 4, 1, 1), q.View), "alias");
        Refusal.Assert(
            q, () => blas.GemmBothSides(T.One, x.View, right.View, left.View, T.Zero, p.View, new MatrixSpan<T>(q.Vector, 4, 4, 0, 1)), "alias");
    }

    private static void AssertLikeTwoProducts(IBlas<T> blas, Operands x, double alpha, double beta)
    {
        (T a, T b) = (T.CreateChecked(alpha), T.CreateChecked(beta));
        (TestMatrix<T> p, TestMatrix<T> q) = x.Outputs(beta);
        (TestMatrix<T> expectedP, TestMatrix<T> expectedQ) = x.Outputs(beta);
        var reference = new NaiveBlas<T>();
        reference.Gemm(a, x.G.View, x.Right.View, b, expectedP.View);
        reference.Gemm(a, x.G.View.Transpose(), x.Left.View, b, expectedQ.View);
        blas.GemmBothSides(a, x.G.View, x.Right.View, x.Left.View, b, p.View, q.View);

        // All magnitudes are at most 1, so a sum of k terms is off by at most gamma times k |alpha| + |beta|, on either side.
        string what = $"{x.G.Rows} x {x.G.Columns} by {p.Columns}, strides {x.G.RowStride}, {x.G.ColumnStride}, alpha {alpha}, beta {beta}";
        NonFinite.AssertSame(expectedP, p, Tolerance(x.G.Columns, alpha, beta), $"P of {what}");
        NonFinite.AssertSame(expectedQ, q, Tolerance(x.G.Rows, alpha, beta), $"Q of {what}");
        p.AssertGuardsIntact("P");
        q.AssertGuardsIntact("Q");
    }

    private static double Tolerance(int terms, double alpha, double beta) =>
        2 * Rounding.Gamma<T>(terms + 4) * ((terms * Math.Abs(alpha)) + Math.Abs(beta));

    private sealed class Operands(int m, int n, int k, Layout g, Layout thin)
    {
        public TestMatrix<T> G { get; } = new TestMatrix<T>(m, n, g).SetRandom(new Random(1));

        public TestMatrix<T> Right { get; } = new TestMatrix<T>(n, k, thin).SetRandom(new Random(2));

        public TestMatrix<T> Left { get; } = new TestMatrix<T>(m, k, thin).SetRandom(new Random(3));

        public (TestMatrix<T> P, TestMatrix<T> Q) Outputs(double beta)
        {
            (TestMatrix<T> p, TestMatrix<T> q) = (new(m, k, thin), new(n, k, thin));
            return beta == 0 ? (p, q) : (p.SetRandom(new Random(4)), q.SetRandom(new Random(5)));
        }
    }
}
