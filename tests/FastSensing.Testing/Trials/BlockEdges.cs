using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;
using FastSensing.Testing.Tags;

namespace FastSensing.Testing.Trials;

/// <summary>
/// The sizes at which a kernel changes its path: zero, one, and around every block. Which sizes that are is read from the
/// kernels' own constants, so the tests follow when a block changes.
/// </summary>
/// <param name="Rows">Sizes of M.</param>
/// <param name="Columns">Sizes of N.</param>
/// <param name="Depths">Sizes of K.</param>
public sealed record BlockEdges(int[] Rows, int[] Columns, int[] Depths)
{
    /// <summary>The edges of the tiles and blocks of every tag.</summary>
    public static BlockEdges OfEveryTag<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var visitor = new Visitor<T> { Rows = [], Columns = [] };
        foreach (string tag in TagTable.All)
        {
            TagTable.Visit<T, Visitor<T>>(tag, ref visitor);
        }

        return new BlockEdges(
            Around([.. visitor.Rows, GemmBlocking<T>.MC]),
            Around([.. visitor.Columns, GemmBlocking<T>.NC]),
            Around(GemmBlocking<T>.KC));
    }

    /// <summary>0, 1 and, for every block b: b - 1, b, b + 1 and 2 b + 3.</summary>
    public static int[] Around(params int[] blocks)
    {
        SortedSet<int> sizes = [0, 1];
        foreach (int block in blocks)
        {
            sizes.UnionWith([block - 1, block, block + 1, (2 * block) + 3]);
        }

        return [.. sizes];
    }

    /// <summary>Rows and columns of the main tile of a tag.</summary>
    internal static (int MR, int NR) TileOf<TIsa, T, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged => (GemmKernels<TIsa, T, TVector>.MR, GemmKernels<TIsa, T, TVector>.NR);

    private struct Visitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<int> Rows;
        public List<int> Columns;

        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            (int mr, int nr) = TileOf<TIsa, T, TVector>();
            Rows.AddRange([mr, TrsmKernel<TIsa, T, TVector>.LargestOrder]);
            Columns.AddRange([TIsa.Count, nr]);
        }
    }
}
