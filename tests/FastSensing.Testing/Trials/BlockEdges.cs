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
    /// <summary>The edges of a tile of <paramref name="mr"/> x <paramref name="nr"/> and of cache blocks.</summary>
    public static BlockEdges OfTile(int mr, int nr, int mc, int nc, int kc) =>
        new(Around(mr, mc), Around(nr, nc), Around(kc));

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
}
