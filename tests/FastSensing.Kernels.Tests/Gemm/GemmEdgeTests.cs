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
    public static TheoryData<string> Tags => [.. TagTable.Available];

    /// <summary>Sums of any depth in every tile body by itself: one of its rows and columns, or three of the main tile.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_EveryTileBody_IsWithinItsBound(string tag)
    {
        (int mr, int nr) = Tile(tag);
        IBlas<T> blas = TagBlas.Create<T>(tag);
        var cases = new RandomCases(seed: 3, BlockEdges.OfEveryTag<T>(), largestWork: 20_000);
        for (int rows = 1; rows <= mr; rows++)
        {
            for (int columns = 1; columns <= nr; columns++)
            {
                for (int call = 0; call < 3; call++)
                {
                    BlasTrial<T>.Run(blas, cases.NextPanel(rows == mr && call == 2 ? 3 * mr : rows, columns));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_EdgesOfTheCacheBlocks_AreWithinTheirBounds(string tag)
    {
        (int mr, int nr) = Tile(tag);
        RunAll(tag, ShapeLists.CacheBlockGemm<T>(mr, nr));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_LargeOperandsByRows_ArePackedAndWithinTheirBounds(string tag)
    {
        (int mr, int nr) = Tile(tag);
        Assert.All(
            ShapeLists.LargeGemm<T>(mr, nr),
            call => Assert.True(Packs(call, mr, nr), $"{call} packs neither A nor B: the thresholds have moved away from this test"));
        RunAll(tag, ShapeLists.LargeGemm<T>(mr, nr));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_ThinB_IsWithinItsBoundAtEveryEdge(string tag) => RunAll(tag, ShapeLists.ThinGemm);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_TransposedAOfManyPages_IsWithinItsBound(string tag) => RunAll(tag, ShapeLists.PagedGemm);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_TransposedAOfFewColumns_IsWithinItsBound(string tag) => RunAll(tag, ShapeLists.AcrossGemm);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Syrk_EdgesOfTilesAndBlocks_AreWithinTheirBounds(string tag)
    {
        (int mr, int nr) = Tile(tag);
        RunAll(tag, ShapeLists.BlockSyrk<T>(mr, nr));
    }

    private static void RunAll(string tag, IEnumerable<BlasCase> calls)
    {
        IBlas<T> blas = TagBlas.Create<T>(tag);
        foreach (BlasCase call in calls)
        {
            BlasTrial<T>.Run(blas, call);
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
