using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Potrf;

/// <summary>Cholesky of order 1 to 4, all of it in registers, for any two strides.</summary>
/// <remarks>From pivot to pivot it takes a division and a multiply-add; roots and scaling are off that chain.</remarks>
internal static unsafe class PotrfSmall<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int LargestOrder = 4;

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>.</summary>
    public static int Run(nint n, T* a, nint row, nint column) => n switch
    {
        1 => Run<N1>(a, row, column),
        2 => Run<N2>(a, row, column),
        3 => Run<N3>(a, row, column),
        _ => Run<N4>(a, row, column),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<TOrder>(T* a, nint row, nint column)
        where TOrder : unmanaged
    {
        T* r1 = a + row;
        T* r2 = r1 + row;
        T* r3 = r2 + row;
        T d0 = *a;
        T a10 = sizeof(TOrder) > 1 ? *r1 : T.Zero, d1 = sizeof(TOrder) > 1 ? r1[column] : T.Zero;
        T a20 = sizeof(TOrder) > 2 ? *r2 : T.Zero, a21 = sizeof(TOrder) > 2 ? r2[column] : T.Zero, d2 = sizeof(TOrder) > 2 ? r2[2 * column] : T.Zero;
        T a30 = sizeof(TOrder) > 3 ? *r3 : T.Zero, a31 = sizeof(TOrder) > 3 ? r3[column] : T.Zero;
        T a32 = sizeof(TOrder) > 3 ? r3[2 * column] : T.Zero, d3 = sizeof(TOrder) > 3 ? r3[3 * column] : T.Zero;
        if (!(d0 > T.Zero))
        {
            return 1;
        }

        T l1 = a10 / d0, l2 = a20 / d0, l3 = a30 / d0;
        d1 = Subtract(d1, l1, a10);
        a21 = Subtract(a21, l2, a10);
        a31 = Subtract(a31, l3, a10);
        d2 = Subtract(d2, l2, a20);
        a32 = Subtract(a32, l3, a20);
        d3 = Subtract(d3, l3, a30);
        Save<TOrder>(a, row, d0, a10, a20, a30);
        if (sizeof(TOrder) == 1)
        {
            return 0;
        }

        if (!(d1 > T.Zero))
        {
            return 2;
        }

        l2 = a21 / d1;
        l3 = a31 / d1;
        d2 = Subtract(d2, l2, a21);
        a32 = Subtract(a32, l3, a21);
        d3 = Subtract(d3, l3, a31);
        Save<TOrder>(r1 + column, row, d1, a21, a31);
        if (sizeof(TOrder) == 2)
        {
            return 0;
        }

        if (!(d2 > T.Zero))
        {
            return 3;
        }

        l3 = a32 / d2;
        d3 = Subtract(d3, l3, a32);
        T* c2 = r2 + (2 * column);
        T root = T.Sqrt(d2);
        *c2 = root;
        if (sizeof(TOrder) == 3)
        {
            return 0;
        }

        c2[row] = a32 / root;
        if (!(d3 > T.Zero))
        {
            return 4;
        }

        r3[3 * column] = T.Sqrt(d3);
        return 0;
    }

    /// <summary>The first column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save<TOrder>(T* a, nint row, T pivot, T x, T y, T z)
        where TOrder : unmanaged
    {
        T root = T.Sqrt(pivot);
        T scale = T.One / root;
        *a = root;
        if (sizeof(TOrder) > 1)
        {
            a[row] = x * scale;
        }

        if (sizeof(TOrder) > 2)
        {
            a[2 * row] = y * scale;
        }

        if (sizeof(TOrder) > 3)
        {
            a[3 * row] = z * scale;
        }
    }

    /// <summary>The second column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save<TOrder>(T* a, nint row, T pivot, T x, T y)
        where TOrder : unmanaged
    {
        T root = T.Sqrt(pivot);
        T scale = T.One / root;
        *a = root;
        if (sizeof(TOrder) > 2)
        {
            a[row] = x * scale;
        }

        if (sizeof(TOrder) > 3)
        {
            a[2 * row] = y * scale;
        }
    }

    /// <summary>c - a b, fused where the hardware fuses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Subtract(T c, T a, T b) => T.MultiplyAddEstimate(-a, b, c);
}
