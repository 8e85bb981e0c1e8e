using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>The tile bodies of 32 registers of 128 bits, by their shape: 1 to 4 rows, 1 to 6 registers of columns.</summary>
internal static unsafe class BroadTileTable<TIsa, T, TVector, TUpdate>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TUpdate : unmanaged
{
    /// <summary>The body of rows x registers. Rows do not share registers here.</summary>
    public static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Find(nint rows, nint registers, PanelEdge edge) =>
        edge == PanelEdge.Whole ? Columns<WholeEdge>(rows, registers) : Columns<MaskedEdge>(rows, registers);

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Columns<TEdge>(nint rows, nint registers)
        where TEdge : unmanaged => registers switch
        {
            1 => Rows<N1, TEdge>(rows),
            2 => Rows<N2, TEdge>(rows),
            3 => Rows<N3, TEdge>(rows),
            4 => Rows<N4, TEdge>(rows),
            5 => Rows<N5, TEdge>(rows),
            _ => Rows<N6, TEdge>(rows),
        };

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Rows<TColumns, TEdge>(nint rows)
        where TColumns : unmanaged
        where TEdge : unmanaged => rows switch
        {
            1 => &GemmBroadTile<TIsa, T, TVector, N1, TColumns, TEdge, TUpdate>.Run,
            2 => &GemmBroadTile<TIsa, T, TVector, N2, TColumns, TEdge, TUpdate>.Run,
            3 => &GemmBroadTile<TIsa, T, TVector, N3, TColumns, TEdge, TUpdate>.Run,
            _ => &GemmBroadTile<TIsa, T, TVector, N4, TColumns, TEdge, TUpdate>.Run,
        };
}
