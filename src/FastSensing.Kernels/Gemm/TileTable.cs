using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>The tile bodies of one tag and update, by their shape. A body is compiled when it is first asked for.</summary>
internal static unsafe class TileTable<TIsa, T, TVector, TUpdate, TReach>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TUpdate : unmanaged
    where TReach : unmanaged
{
    /// <summary>The body of rows x registers; rows whose pairs share the last register are 2, 4, 6 or 8 and have 2 or 3 registers, and are none where the tile is a broad one.</summary>
    public static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Find(nint rows, nint registers, PanelEdge edge) =>
        GemmKernels<TIsa, T, TVector>.IsBroad ? BroadTileTable<TIsa, T, TVector, TUpdate>.Find(rows, registers, edge) : FindTall(rows, registers, edge);

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> FindTall(nint rows, nint registers, PanelEdge edge) => (edge, registers) switch
    {
        (PanelEdge.Whole, 1) => Rows<N1, WholeEdge>(rows),
        (PanelEdge.Whole, 2) => Rows<N2, WholeEdge>(rows),
        (PanelEdge.Whole, _) => Rows<N3, WholeEdge>(rows),
        (PanelEdge.Masked, 1) => Rows<N1, MaskedEdge>(rows),
        (PanelEdge.Masked, 2) => Rows<N2, MaskedEdge>(rows),
        (PanelEdge.Masked, _) => Rows<N3, MaskedEdge>(rows),
        (_, 2) => Pairs<N1>(rows),
        _ => Pairs<N2>(rows),
    };

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Rows<TColumns, TEdge>(nint rows)
        where TColumns : unmanaged
        where TEdge : unmanaged => rows switch
        {
            1 => &GemmTile<TIsa, T, TVector, N1, TColumns, TEdge, TUpdate, TReach>.Run,
            2 => &GemmTile<TIsa, T, TVector, N2, TColumns, TEdge, TUpdate, TReach>.Run,
            3 => &GemmTile<TIsa, T, TVector, N3, TColumns, TEdge, TUpdate, TReach>.Run,
            4 => &GemmTile<TIsa, T, TVector, N4, TColumns, TEdge, TUpdate, TReach>.Run,
            5 => &GemmTile<TIsa, T, TVector, N5, TColumns, TEdge, TUpdate, TReach>.Run,
            6 => &GemmTile<TIsa, T, TVector, N6, TColumns, TEdge, TUpdate, TReach>.Run,
            7 => &GemmTile<TIsa, T, TVector, N7, TColumns, TEdge, TUpdate, TReach>.Run,
            _ => &GemmTile<TIsa, T, TVector, N8, TColumns, TEdge, TUpdate, TReach>.Run,
        };

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Pairs<TWhole>(nint rows)
        where TWhole : unmanaged => rows switch
        {
            2 => &GemmPairTile<TIsa, T, TVector, N2, TWhole, TUpdate>.Run,
            4 => &GemmPairTile<TIsa, T, TVector, N4, TWhole, TUpdate>.Run,
            6 => &GemmPairTile<TIsa, T, TVector, N6, TWhole, TUpdate>.Run,
            _ => &GemmPairTile<TIsa, T, TVector, N8, TWhole, TUpdate>.Run,
        };
}
