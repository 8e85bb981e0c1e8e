namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>One compiled tile body of Gemm: its class, its rows and registers of columns, and whether the last register has a mask.</summary>
internal sealed record TileCode(string Class, int Rows, int Columns, bool Masked)
{
    /// <summary>Of each step along K. Two rows share the register behind the whole ones of a pair tile.</summary>
    public int MultiplyAdds => (Rows * Columns) + (Class == "GemmPairTile" ? Rows / 2 : 0);

    /// <summary>Every body that a tag can call: <paramref name="rows"/> rows of the main tile, <paramref name="lanes"/> in a register.</summary>
    public static HashSet<TileCode> All(int rows, int lanes)
    {
        bool[] edges = lanes == 1 ? [false] : [false, true];
        HashSet<TileCode> tiles =
        [
            .. from r in Enumerable.Range(1, rows)
               from c in Enumerable.Range(1, 3)
               from masked in edges

               // Where half a register is one lane, whole tiles of more than one register share a partial one.
               where !(masked && lanes == 2 && r == rows && c > 1)
               select new TileCode("GemmTile", r, c, masked),
            .. from c in Enumerable.Range(1, 2)
               where lanes > 1
               select new TileCode("GemmPairTile", rows, c, Masked: true),
            .. from r in (int[])[1, 2, 4, 8]
               where r <= rows
               from c in Enumerable.Range(1, Math.Min(3, lanes / 2))
               from masked in edges
               select new TileCode("GemmDotTile", r, c, masked),
        ];
        return tiles;
    }
}
