using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The kernel of a register budget: TRows x 3 registers as the main tile, <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TMasked}"/>
/// with fewer rows and columns at the edges.
/// </summary>
internal readonly struct GemmKernel<TIsa, T, TVector, TRows> : IGemmKernel<T>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : struct, IConstant
{
    public static int MR => TRows.Value;

    public static int NR => 3 * TIsa.Count;

    public static void Run(in GemmPanel<T> panel)
    {
        nint registers = (panel.N + TIsa.Count - 1) / TIsa.Count;
        bool partial = panel.N % TIsa.Count != 0;
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

    private static void Columns<TColumns>(in GemmPanel<T> panel, bool partial)
        where TColumns : struct, IConstant
    {
        if (partial)
        {
            Rows<TColumns, N1>(panel);
        }
        else
        {
            Rows<TColumns, N0>(panel);
        }
    }

    private static void Rows<TColumns, TMasked>(in GemmPanel<T> panel)
        where TColumns : struct, IConstant
        where TMasked : struct, IConstant
    {
        nint tiles = panel.M / TRows.Value;
        if (tiles > 0)
        {
            GemmTile<TIsa, T, TVector, TRows, TColumns, TMasked>.Run(panel, 0, TRows.Value, tiles);
        }

        switch (panel.M - (tiles * TRows.Value))
        {
            case 1:
                GemmTile<TIsa, T, TVector, N1, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 2:
                GemmTile<TIsa, T, TVector, N2, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 3:
                GemmTile<TIsa, T, TVector, N3, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 4:
                GemmTile<TIsa, T, TVector, N4, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 5:
                GemmTile<TIsa, T, TVector, N5, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 6:
                GemmTile<TIsa, T, TVector, N6, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            case 7:
                GemmTile<TIsa, T, TVector, N7, TColumns, TMasked>.Run(panel, tiles, TRows.Value, 1);
                break;
            default:
                break;
        }
    }
}
