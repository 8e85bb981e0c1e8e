using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// Cholesky of order 9 to 16 with contiguous rows, in two blocks that are factored in registers: the shorter chains of
/// <see cref="PotrfSmall{T}"/> are worth more than one sweep.
/// </summary>
internal static unsafe class PotrfTwoBlocks<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int First = PotrfSmall<T>.LargestOrder;

    private static nint Width => TriangleSweep<TIsa, T, TVector>.LargestRegisters * TIsa.Count;

    /// <summary>Whether an order is one of those, and the rows of the second block fit into one panel.</summary>
    public static bool Suits(nint n, nint column) => n > First && n <= 2 * First && column == 1 && Width >= First;

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>. Staging: as for a solve of order 8.</summary>
    public static int Run(nint n, T* a, nint row, T* staging)
    {
        int info = PotrfSmall<T>.Run(First, a, row, 1);
        nint columns = info == 0 ? First : info - 1;
        T* below = a + (First * row);
        TrsmArguments<T> solve = new() { Triangle = Triangle.Lower, N = columns, M = n - First, A = a, ARow = row, AColumn = 1, B = below, BRow = 1, BColumn = row };
        if (info != 0)
        {
            // The columns before the failed pivot are complete only with the rows below.
            if (columns > 0)
            {
                TrsmKernel<TIsa, T, TVector>.Run(solve, staging);
            }

            return info;
        }

        T* rest = below + First;
        TrsmKernel<TIsa, T, TVector>.Run(solve, staging);
        for (nint i = 0; i < n - First; i++)
        {
            Subtract(below + (i * row), i, TrsmKernel<TIsa, T, TVector>.Panel(First, staging));
        }

        info = PotrfSmall<T>.Run(n - First, rest, row, 1);
        return info == 0 ? 0 : info + First;
    }

    /// <summary>Row i of the second block, up to its diagonal, minus that of L21 L21^T; row k of the staged solve is column k of L21.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(T* l, nint i, T* staged)
    {
        nint width = Width;
        for (nint c = 0; c <= i; c += TIsa.Count)
        {
            TVector mask = TIsa.Mask(Math.Min(TIsa.Count, i + 1 - c));
            TVector sum = TIsa.LoadMasked(l + First + c, mask);
            T* column = staged + c;
            for (nint k = 0; k < First; k++)
            {
                sum = TIsa.NegateMultiplyAdd(TIsa.Broadcast(l + k), TIsa.Load(column), sum);
                column += width;
            }

            TIsa.StoreMasked(l + First + c, mask, sum);
        }
    }
}
