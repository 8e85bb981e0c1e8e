using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.Workspaces;

/// <summary>||X||_F of a matrix with contiguous rows, without overflow or underflow on the way.</summary>
internal static class FrobeniusNorm
{
    public static T Of<T>(ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T norm = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            norm = T.Hypot(norm, Level1.Nrm2(matrix.Row(i)));
        }

        return norm;
    }
}
