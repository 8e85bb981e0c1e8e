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
        if (!TrySolveAndSubtract(n - First, a, row))
        {
            DivideAndSubtract(n - First, a, row);
        }

        info = PotrfSmall<T>.Run(n - First, rest, row, 1);
        return info == 0 ? 0 : info + First;
    }

    /// <summary>
    /// L21 &#8592; A21 L11^-T and A22 &#8592; A22 - L21 L21^T row by row, if no reciprocal of a pivot is lost to overflow or underflow;
    /// else nothing is done.
    /// </summary>
    /// <remarks>
    /// One element after the other: with 8 unknowns a row takes 36 steps in a chain of 16, and the rows, which do not depend on
    /// each other, overlap. Lanes would want both blocks transposed, through memory: half as fast at order 9, level at 16.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TrySolveAndSubtract(nint rows, T* l, nint row)
    {
        T* l1 = l + row, l2 = l1 + row, l3 = l2 + row, l4 = l3 + row, l5 = l4 + row, l6 = l5 + row, l7 = l6 + row;
        T r0 = T.One / l[0], r1 = T.One / l1[1], r2 = T.One / l2[2], r3 = T.One / l3[3];
        T r4 = T.One / l4[4], r5 = T.One / l5[5], r6 = T.One / l6[6], r7 = T.One / l7[7];
        if (!(T.IsNormal(r0) && T.IsNormal(r1) && T.IsNormal(r2) && T.IsNormal(r3) && T.IsNormal(r4) && T.IsNormal(r5) && T.IsNormal(r6) && T.IsNormal(r7)))
        {
            return false;
        }

        T* below = l7 + row;
        T* b = below;
        for (nint i = 0; i < rows; i++)
        {
            T x0 = b[0] * r0;
            T x1 = PotrfElement<T>.Subtract(b[1], x0, l1[0]) * r1;
            T x2 = PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(b[2], x0, l2[0]), x1, l2[1]) * r2;
            T x3 = PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(b[3], x0, l3[0]), x1, l3[1]), x2, l3[2]) * r3;
            T x4 = Left(b[4], l4, x0, x1, x2, x3) * r4;
            T x5 = PotrfElement<T>.Subtract(Left(b[5], l5, x0, x1, x2, x3), x4, l5[4]) * r5;
            T x6 = PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(Left(b[6], l6, x0, x1, x2, x3), x4, l6[4]), x5, l6[5]) * r6;
            T x7 = PotrfElement<T>.Subtract(
                PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(Left(b[7], l7, x0, x1, x2, x3), x4, l7[4]), x5, l7[5]), x6, l7[6]) * r7;
            (b[0], b[1], b[2], b[3]) = (x0, x1, x2, x3);
            (b[4], b[5], b[6], b[7]) = (x4, x5, x6, x7);
            T* other = below;
            T* c = b + First;
            for (nint j = 0; j <= i; j++)
            {
                c[j] = Left(Left(c[j], other, x0, x1, x2, x3), other + 4, x4, x5, x6, x7);
                other += row;
            }

            b += row;
        }

        return true;
    }

    /// <summary>sum - row[0] x0 - row[1] x1 - row[2] x2 - row[3] x3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Left(T sum, T* row, T x0, T x1, T x2, T x3) => PotrfElement<T>.Subtract(
        PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(PotrfElement<T>.Subtract(sum, x0, row[0]), x1, row[1]), x2, row[2]), x3, row[3]);

    /// <summary>The same with divisions, for pivots that are very small or very large.</summary>
    private static void DivideAndSubtract(nint rows, T* l, nint row)
    {
        T* below = l + (First * row);
        for (nint i = 0; i < rows; i++)
        {
            T* b = below + (i * row);
            for (nint j = 0; j < First; j++)
            {
                T* own = l + (j * row);
                b[j] = Remainder(b[j], b, own, j) / own[j];
            }

            for (nint j = 0; j <= i; j++)
            {
                b[First + j] = Remainder(b[First + j], b, below + (j * row), First);
            }
        }
    }

    private static T Remainder(T sum, T* x, T* y, nint count)
    {
        for (nint k = 0; k < count; k++)
        {
            sum = PotrfElement<T>.Subtract(sum, x[k], y[k]);
        }

        return sum;
    }
}
