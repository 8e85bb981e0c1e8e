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
    /// <summary>The body of rows x registers, its last register whole or used in part.</summary>
    public static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Find(nint rows, nint registers, bool partial) => registers switch
    {
        1 => Edge<N1>(rows, partial),
        2 => Edge<N2>(rows, partial),
        _ => Edge<N3>(rows, partial),
    };

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Edge<TColumns>(nint rows, bool partial)
        where TColumns : unmanaged => partial ? Rows<TColumns, MaskedEdge>(rows) : Rows<TColumns, WholeEdge>(rows);

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
}
