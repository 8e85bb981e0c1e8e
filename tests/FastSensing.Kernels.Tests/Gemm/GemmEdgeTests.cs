using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Gemm;

/// <summary>The edges of the cache blocks and packing thresholds of every tag; those of the tiles: see TailTests.</summary>
public abstract class GemmEdgeTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Layout[] Orders = [Layout.Dense, Layout.Transposed];

    public static TheoryData<string> Tags => [.. TagTable.Available];

    /// <summary>One more and one less than every cache block, in every order of the operands, so that each is packed and read in place.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_EdgesOfTheCacheBlocks_AreWithinTheirBounds(string tag)
    {
        const int Mc = GemmBlocking<T>.MC;
        const int Nc = GemmBlocking<T>.NC;
        const int Kc = GemmBlocking<T>.KC;
        (int mr, int nr) = Tile(tag);
        IBlas<T> blas = TagBlas.Create<T>(tag);
        for (int off = -1; off <= 1; off++)
        {
            foreach ((int m, int n, int k) in ((int, int, int)[])[
                (Mc + off, nr + 1, 5), (mr + 1, Nc + off, 4), (mr + 1, nr + 1, Kc + off), (Mc + off, 7, Kc + 1),
                ((4 * mr) + off, nr + 3, Kc + off), (3, (2 * Nc) + 3, 2), ((2 * Mc) + 3, 9, 3), (2, 3, (2 * Kc) + 3)])
            {
                ForEveryOrder((a, b, c) => BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, m, n, k) { Beta = off, A = a, B = b, C = c, Seed = m }));
            }
        }
    }

    /// <summary>Large enough that both operands are packed although they lie by rows.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_LargeOperandsByRows_ArePackedAndWithinTheirBounds(string tag)
    {
        (int mr, int nr) = Tile(tag);
        IBlas<T> blas = TagBlas.Create<T>(tag);
        int n = Math.Max((7 * nr) + 1, 65);
        foreach ((int m, int k) in ((int, int)[])[((4 * mr) + 1, Divide(800 << 10, n)), (Divide(3200 << 10, 1027), 1027)])
        {
            var call = new BlasCase(Routine.Gemm, m, n, k) { Alpha = 2.5, Beta = -1, A = Layout.Padded, B = Layout.Padded };
            Assert.True(Packs(call, mr, nr), $"{call} packs neither A nor B: the thresholds have moved away from this test");
            BlasTrial<T>.Run(blas, call);
        }
    }

    /// <summary>Very few columns of B, with sums along K around every number of registers and blocks at which they change their way.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_ThinB_IsWithinItsBoundAtEveryEdge(string tag)
    {
        IBlas<T> blas = TagBlas.Create<T>(tag);
        foreach (int k in (int[])[.. Enumerable.Range(1, 100), 255, 256, 257, 300, 511, 513])
        {
            for (int n = 1; n <= 7; n++)
            {
                int m = 3 + (k % 35);
                BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, m, n, k) { Beta = k % 2, Seed = k });
                ForEveryOrder((a, b, c) => BlasTrial<T>.Run(
                    blas, new BlasCase(Routine.Gemm, m, n, k) { Alpha = 2.5, Beta = -1, A = a, B = b, C = c, Seed = n }));
            }
        }
    }

    /// <summary>An A whose columns are the contiguous lines and lie on pages of their own, around the depth of its blocks.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_TransposedAOfManyPages_IsWithinItsBound(string tag)
    {
        IBlas<T> blas = TagBlas.Create<T>(tag);
        foreach (int k in (int[])[63, 64, 65, 66, 127, 128, 129, 193])
        {
            foreach (int n in (int[])[1, 3, 8, 10, 26, 73])
            {
                BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, 129, n, k) { Beta = 1, A = Layout.TransposedPadded, Seed = k });
            }
        }
    }

    /// <summary>The lower triangle with blocks that the diagonal crosses anywhere.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Syrk_EdgesOfTilesAndBlocks_AreWithinTheirBounds(string tag)
    {
        (int mr, int nr) = Tile(tag);
        IBlas<T> blas = TagBlas.Create<T>(tag);
        foreach (int n in BlockEdges.Around(mr, nr, GemmBlocking<T>.MC))
        {
            foreach (int k in (int[])[1, 6, GemmBlocking<T>.KC + 1])
            {
                foreach (Layout a in Orders)
                {
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Syrk, n, n, n > 100 && k > 6 ? 9 : k) { Alpha = -1, Beta = k % 2, A = a, C = Layout.Padded, Seed = n });
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Syrk, n, n, 3) { Beta = 1, A = a, C = Layout.TransposedPadded, Seed = n });
                }
            }
        }
    }

    private static int Divide(int bytes, int by) => (bytes / (by * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())) + 1;

    private static void ForEveryOrder(Action<Layout, Layout, Layout> run)
    {
        foreach (Layout a in Orders)
        {
            foreach (Layout b in Orders)
            {
                foreach (Layout c in Orders)
                {
                    run(a, b, c);
                }
            }
        }
    }

    private static bool Packs(in BlasCase call, int mr, int nr)
    {
        var g = new GemmArguments<T> { M = call.M, N = call.N, K = call.K, ARow = call.K + 3, AColumn = 1, BRow = call.N + 3, BColumn = 1, CRow = call.N, CColumn = 1 };
        return GemmBlocking<T>.PacksA(g, mr, nr) || GemmBlocking<T>.PacksB(g, mr);
    }

    private static (int MR, int NR) Tile(string tag)
    {
        Visitor visitor = default;
        TagTable.Visit<T, Visitor>(tag, ref visitor);
        return (visitor.MR, visitor.NR);
    }

    private struct Visitor : IIsaVisitor<T>
    {
        public int MR;
        public int NR;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => (MR, NR) = BlockEdges.TileOf<TIsa, T, TVector>();
    }
}

public sealed class GemmEdgeDoubleTests : GemmEdgeTests<double>;

public sealed class GemmEdgeSingleTests : GemmEdgeTests<float>;
