using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Testing.Contracts;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Gemm;

/// <summary>Plans of every tag, with B where it lies and with B packed: the rules of Gemm, every small shape, and the bits of Gemm.</summary>
public abstract class GemmPlanTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly (double Alpha, double Beta)[] Factors =
        [(1, 0), (1, 1), (1, -1), (1, 2.5), (-1, 0), (2.5, 1), (2.5, -1), (0, 0), (0, 1), (0, 2.5)];

    public static TheoryData<string, bool, string> TagsAndRules
    {
        get
        {
            var rows = new TheoryData<string, bool, string>();
            foreach (string rule in BlasRules<T>.Names.Where(name => name.StartsWith("Gemm_", StringComparison.Ordinal)))
            {
                foreach (string tag in TagTable.Available)
                {
                    rows.Add(tag, false, rule);
                    rows.Add(tag, true, rule);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string, bool> Tags
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (string tag in TagTable.Available)
            {
                rows.Add(tag, false);
                rows.Add(tag, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(TagsAndRules))]
    public void Plan_RuleOfGemm_IsKept(string tag, bool packsRight, string rule) => BlasRules<T>.Check(rule, new PlanBlas<T>(tag, packsRight));

    /// <summary>Every m and n up to 25 and some beyond, with some k below 8: every height and width of tile, one and many, whole and in part.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Plan_EverySmallShape_IsWithinItsBoundAndSweeps(string tag, bool packsRight)
    {
        var blas = new PlanBlas<T>(tag, packsRight);
        int[] sizes = [.. Enumerable.Range(1, 25), 31, 32, 33, 48, 49, 65, 97];
        foreach (int m in sizes)
        {
            foreach (int n in sizes)
            {
                int k = 1 + (((3 * m) + n) % 7);
                (double alpha, double beta) = Factors[(m + n) % 7];
                var call = new BlasCase(Routine.Gemm, m, n, k) { Alpha = alpha, Beta = beta, A = Layout.Padded, B = Layout.Padded, C = Layout.Padded, Seed = n };
                BlasTrial<T>.Run(blas, call);
            }
        }

        Assert.Equal(sizes.Length * sizes.Length, blas.Sweeping);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Plan_EveryFactorOfEveryDepth_IsWithinItsBound(string tag, bool packsRight)
    {
        var blas = new PlanBlas<T>(tag, packsRight);
        foreach ((int m, int n) in ((int, int)[])[(1, 1), (3, 5), (8, 8), (8, 17), (13, 29)])
        {
            for (int k = 0; k <= 40; k++)
            {
                foreach ((double alpha, double beta) in Factors)
                {
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, m, n, k) { Alpha = alpha, Beta = beta, Seed = k });
                }
            }
        }
    }

    /// <summary>
    /// Shapes that sweep and shapes that are left to the driver, in every order of the operands. A B that is packed has the
    /// bits of its dense copy: how it lies decides where Gemm cuts long sums.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Plan_AnyShapeAndOrder_HasTheBitsOfGemm(string tag, bool packsRight)
    {
        var plans = new PlanBlas<T>(tag, packsRight);
        IBlas<T> gemm = TagBlas.Create<T>(tag);
        Layout[] layouts = [Layout.Dense, Layout.Padded, Layout.Transposed, Layout.Strided];
        int calls = 0;
        foreach ((int m, int n, int k) in ((int, int, int)[])[(4, 4, 4), (7, 12, 5), (31, 31, 31), (50, 26, 64), (97, 63, 129), (60, 300, 256), (60, 300, 400), (130, 70, 300)])
        {
            foreach (Layout layout in layouts)
            {
                foreach (Layout output in layouts)
                {
                    foreach ((double alpha, double beta) in Factors)
                    {
                        AssertSameBits(plans, gemm, packsRight, new BlasCase(Routine.Gemm, m, n, k) { Alpha = alpha, Beta = beta, A = layout, B = layouts[(calls + m) % 4], C = output });
                        calls++;
                    }
                }
            }
        }

        Assert.InRange(plans.Sweeping, calls / 10, calls - (calls / 10));
    }

    private static void AssertSameBits(IBlas<T> plans, IBlas<T> gemm, bool copiesB, BlasCase call)
    {
        T[][] results = Array.ConvertAll((IBlas<T>[])[plans, gemm], blas =>
        {
            var random = new Random(call.K);
            TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A).SetRandom(random);
            TestMatrix<T> b = new TestMatrix<T>(call.K, call.N, copiesB && blas == gemm ? Layout.Dense : call.B).SetRandom(random);
            TestMatrix<T> c = new TestMatrix<T>(call.M, call.N, call.C).SetRandom(random);
            blas.Gemm(T.CreateChecked(call.Alpha), a.View, b.View, T.CreateChecked(call.Beta), c.View);
            return c.Save();
        });
        Assert.True(MemoryMarshal.AsBytes<T>(results[0]).SequenceEqual(MemoryMarshal.AsBytes<T>(results[1])), $"{call}: other bits than those of Gemm");
    }
}

public sealed class GemmPlanDoubleTests : GemmPlanTests<double>;

public sealed class GemmPlanSingleTests : GemmPlanTests<float>;
