using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The kernel of 32 registers of 128 bits: 4 x 6 registers as the main tile,
/// <see cref="GemmBroadTile{TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate}"/> with fewer rows and columns at the edges.
/// </summary>
internal readonly unsafe struct GemmBroadKernel<TIsa, T, TVector> : IGemmKernel<T>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public static int MR => 4;

    public static int NR => 6 * TIsa.Count;

    public static void Run(in GemmPanel<T> panel)
    {
        switch ((panel.N + TIsa.Count - 1) / TIsa.Count)
        {
            case 1:
                Columns<N1>(panel);
                break;
            case 2:
                Columns<N2>(panel);
                break;
            case 3:
                Columns<N3>(panel);
                break;
            case 4:
                Columns<N4>(panel);
                break;
            case 5:
                Columns<N5>(panel);
                break;
            default:
                Columns<N6>(panel);
                break;
        }
    }

    private static void Columns<TColumns>(in GemmPanel<T> panel)
        where TColumns : unmanaged
    {
        if (panel.N % TIsa.Count != 0)
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
        nint tiles = panel.M / MR;
        if (tiles > 0)
        {
            GemmBroadTile<TIsa, T, TVector, N4, TColumns, TEdge, GeneralUpdate>.Run(panel, panel.A, panel.B, panel.C, tiles, 1);
        }

        T* a = panel.A + (tiles * MR * panel.ARow);
        T* c = panel.C + (tiles * MR * panel.CRow);
        switch (panel.M - (tiles * MR))
        {
            case 1:
                GemmBroadTile<TIsa, T, TVector, N1, TColumns, TEdge, GeneralUpdate>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 2:
                GemmBroadTile<TIsa, T, TVector, N2, TColumns, TEdge, GeneralUpdate>.Run(panel, a, panel.B, c, 1, 1);
                break;
            case 3:
                GemmBroadTile<TIsa, T, TVector, N3, TColumns, TEdge, GeneralUpdate>.Run(panel, a, panel.B, c, 1, 1);
                break;
            default:
                break;
        }
    }
}
