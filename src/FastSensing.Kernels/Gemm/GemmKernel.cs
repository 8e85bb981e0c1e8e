using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The kernel of a register budget: TRows x 3 registers as the main tile, <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate, TReach}"/>
/// with fewer rows and columns at the edges.
/// </summary>
internal readonly unsafe struct GemmKernel<TIsa, T, TVector, TRows> : IGemmKernel<T>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
{
    public static int MR => sizeof(TRows);

    public static int NR => 3 * TIsa.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(in GemmPanel<T> panel)
    {
        nint registers = (panel.N + TIsa.Count - 1) / TIsa.Count;
        bool partial = panel.N % TIsa.Count != 0;
        if (registers > 1 && partial && panel.N % TIsa.Count <= TIsa.Count / 2)
        {
            Shared(panel, registers);
            return;
        }

        switch (registers)
        {
            case 1:
                Columns<N1>(panel, partial);
                break;
            case 2:
                Columns<N2>(panel, partial);
                break;
            default:
                Columns<N3>(panel, partial);
                break;
        }
    }

    /// <summary>A last register that is at most half full is shared by two rows; rows beyond the last tile are done as any other.</summary>
    private static void Shared(GemmPanel<T> panel, nint registers)
    {
        nint tiles = panel.M / sizeof(TRows);
        if (registers == 2)
        {
            GemmPairTile<TIsa, T, TVector, TRows, N1, GeneralUpdate>.Run(panel, panel.A, panel.B, panel.C, tiles, 1);
        }
        else
        {
            GemmPairTile<TIsa, T, TVector, TRows, N2, GeneralUpdate>.Run(panel, panel.A, panel.B, panel.C, tiles, 1);
        }

        panel.M -= tiles * sizeof(TRows);
        panel.A += tiles * panel.ATile;
        panel.C += tiles * sizeof(TRows) * panel.CRow;
        if (registers == 2)
        {
            Rows<N2, MaskedEdge>(panel);
        }
        else
        {
            Rows<N3, MaskedEdge>(panel);
        }
    }

    private static void Columns<TColumns>(in GemmPanel<T> panel, bool partial)
        where TColumns : unmanaged
    {
        if (partial)
        {
            Rows<TColumns, MaskedEdge>(panel);
        }
        else
        {
            Rows<TColumns, WholeEdge>(panel);
        }
    }

    private static void Rows<TColumns, TEdge>(in GemmPanel<T> panel)
        where TColumns : unmanaged
        where TEdge : unmanaged
    {
        nint tiles = panel.M / sizeof(TRows);
        if (tiles > 0)
        {
            GemmTile<TIsa, T, TVector, TRows, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, panel.A, panel.B, panel.C, tiles, 1);
        }

        T* a = panel.A + (tiles * sizeof(TRows) * panel.ARow);
        T* c = panel.C + (tiles * sizeof(TRows) * panel.CRow);
        switch (panel.M - (tiles * sizeof(TRows)))
        {
            case 1:
                GemmTile<TIsa, T, TVector, N1, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 2:
                GemmTile<TIsa, T, TVector, N2, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 3:
                GemmTile<TIsa, T, TVector, N3, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 4:
                GemmTile<TIsa, T, TVector, N4, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 5:
                GemmTile<TIsa, T, TVector, N5, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 6:
                GemmTile<TIsa, T, TVector, N6, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 7:
                GemmTile<TIsa, T, TVector, N7, TColumns, TEdge, GeneralUpdate, ManyTiles>.Run(panel, a, panel.B, c, 1, 1);
                break;
            default:
                break;
        }
    }
}
