using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// Cholesky of a block of at most 16 rows: column j is scaled by 1 / sqrt(pivot), then subtracted from the rows behind
/// it, a register at a time. Works in a dense staging tile that may hold leftovers, and writes each finished column to A.
/// </summary>
internal static unsafe class PotrfKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public const int LargestOrder = 16;

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>.</summary>
    public static int Run(nint n, T* a, nint row, nint column, T* staging)
    {
        // One line more than the tile holds column j, contiguous, with zeros behind it.
        T* line = staging + (LargestOrder * LargestOrder);
        for (nint i = 0; i < LargestOrder * (LargestOrder + 1); i++)
        {
            staging[i] = T.Zero;
        }

        for (nint i = 0; i < n; i++)
        {
            for (nint j = 0; j <= i; j++)
            {
                staging[(i * LargestOrder) + j] = a[(i * row) + (j * column)];
            }
        }

        return Factor(n, staging, line, a, row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Factor(nint n, T* tile, T* line, T* a, nint row, nint column)
    {
        for (nint j = 0; j < n; j++)
        {
            T pivot = tile[(j * LargestOrder) + j];
            if (!(pivot > T.Zero))
            {
                return (int)j + 1;
            }

            T root = T.Sqrt(pivot);
            a[j * (row + column)] = root;
            line[j] = T.Zero;
            for (nint i = j + 1; i < n; i++)
            {
                T value = tile[(i * LargestOrder) + j] / root;
                a[(i * row) + (j * column)] = value;
                line[i] = value;
            }

            // Rows i > j: a_ik -= l_ij l_kj for j < k <= i. Registers start at or before j + 1 and end at or behind i; what
            // they spoil there is never read again, because column j has gone to A already.
            nint start = (j + 1) / TIsa.Count * TIsa.Count;
            for (nint i = j + 1; i < n; i++)
            {
                TVector factor = TIsa.Broadcast(line + i);
                for (nint k = start; k <= i; k += TIsa.Count)
                {
                    T* target = tile + (i * LargestOrder) + k;
                    TIsa.Store(target, TIsa.NegateMultiplyAdd(factor, TIsa.Load(line + k), TIsa.Load(target)));
                }
            }
        }

        return 0;
    }
}
