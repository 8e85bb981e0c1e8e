using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>L X = B for a panel of one to three registers of columns, from the first row to the last.</summary>
internal static unsafe class TriangleSweep<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Registers of a panel at most.</summary>
    public const int LargestRegisters = 3;

    /// <summary>Solves in place.</summary>
    /// <param name="panel">The triangle and the columns.</param>
    /// <param name="n">Order of the triangle.</param>
    /// <param name="registers">Registers of columns.</param>
    public static void Solve<TStep>(in TrianglePanel<T> panel, nint n, nint registers)
        where TStep : unmanaged
    {
        switch (registers)
        {
            case 1:
                Rows<N1, TStep>(panel, n);
                break;
            case 2:
                Rows<N2, TStep>(panel, n);
                break;
            default:
                Rows<N3, TStep>(panel, n);
                break;
        }
    }

    private static void Rows<TColumns, TStep>(in TrianglePanel<T> panel, nint n)
        where TColumns : unmanaged
        where TStep : unmanaged
    {
        nint i = 0;
        for (; i + 4 <= n; i += 4)
        {
            TriangleTile<TIsa, T, TVector, N4, TColumns, TStep>.Run(panel, i);
        }

        if (i + 2 <= n)
        {
            TriangleTile<TIsa, T, TVector, N2, TColumns, TStep>.Run(panel, i);
            i += 2;
        }

        if (i < n)
        {
            TriangleTile<TIsa, T, TVector, N1, TColumns, TStep>.Run(panel, i);
        }
    }
}
