using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Potrf;

/// <summary>Cholesky of order 1 to 8, element by element in registers, for any two strides.</summary>
/// <remarks>
/// From pivot to pivot it takes a division and a multiply-add: the next column is updated by unscaled elements and one
/// quotient. Root and scaling lie beside that chain, and serve the columns behind the next.
/// </remarks>
internal static unsafe class PotrfSmall<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int LargestOrder = 8;

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>.</summary>
    public static int Run(nint n, T* a, nint row, nint column)
    {
        int info = n switch
        {
            1 => Run<N1>(a, row, column),
            2 => Run<N2>(a, row, column),
            3 => Run<N3>(a, row, column),
            4 => Run<N4>(a, row, column),
            5 => Run<N5>(a, row, column),
            6 => Run<N6>(a, row, column),
            7 => Run<N7>(a, row, column),
            _ => Run<N8>(a, row, column),
        };
        return info == 0 ? 0 : PotrfByRoots<T>.Run(info - 1, n, a, row, column, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run<TOrder>(T* a, nint row, nint column)
        where TOrder : unmanaged
    {
        nint k2 = 2 * column, k3 = 3 * column, k4 = 4 * column, k5 = 5 * column, k6 = 6 * column, k7 = 7 * column;
        T* r1 = a + row, r2 = r1 + row, r3 = r2 + row, r4 = r3 + row, r5 = r4 + row, r6 = r5 + row, r7 = r6 + row;
        T a00 = *a;
        T a10 = sizeof(TOrder) > 1 ? *r1 : T.Zero, a11 = sizeof(TOrder) > 1 ? r1[column] : T.Zero;
        T a20 = sizeof(TOrder) > 2 ? *r2 : T.Zero, a21 = sizeof(TOrder) > 2 ? r2[column] : T.Zero, a22 = sizeof(TOrder) > 2 ? r2[k2] : T.Zero;
        T a30 = sizeof(TOrder) > 3 ? *r3 : T.Zero, a31 = sizeof(TOrder) > 3 ? r3[column] : T.Zero, a32 = sizeof(TOrder) > 3 ? r3[k2] : T.Zero, a33 = sizeof(TOrder) > 3 ? r3[k3] : T.Zero;
        T a40 = sizeof(TOrder) > 4 ? *r4 : T.Zero, a41 = sizeof(TOrder) > 4 ? r4[column] : T.Zero, a42 = sizeof(TOrder) > 4 ? r4[k2] : T.Zero, a43 = sizeof(TOrder) > 4 ? r4[k3] : T.Zero, a44 = sizeof(TOrder) > 4 ? r4[k4] : T.Zero;
        T a50 = sizeof(TOrder) > 5 ? *r5 : T.Zero, a51 = sizeof(TOrder) > 5 ? r5[column] : T.Zero, a52 = sizeof(TOrder) > 5 ? r5[k2] : T.Zero, a53 = sizeof(TOrder) > 5 ? r5[k3] : T.Zero, a54 = sizeof(TOrder) > 5 ? r5[k4] : T.Zero, a55 = sizeof(TOrder) > 5 ? r5[k5] : T.Zero;
        T a60 = sizeof(TOrder) > 6 ? *r6 : T.Zero, a61 = sizeof(TOrder) > 6 ? r6[column] : T.Zero, a62 = sizeof(TOrder) > 6 ? r6[k2] : T.Zero, a63 = sizeof(TOrder) > 6 ? r6[k3] : T.Zero, a64 = sizeof(TOrder) > 6 ? r6[k4] : T.Zero, a65 = sizeof(TOrder) > 6 ? r6[k5] : T.Zero, a66 = sizeof(TOrder) > 6 ? r6[k6] : T.Zero;
        T a70 = sizeof(TOrder) > 7 ? *r7 : T.Zero, a71 = sizeof(TOrder) > 7 ? r7[column] : T.Zero, a72 = sizeof(TOrder) > 7 ? r7[k2] : T.Zero, a73 = sizeof(TOrder) > 7 ? r7[k3] : T.Zero, a74 = sizeof(TOrder) > 7 ? r7[k4] : T.Zero, a75 = sizeof(TOrder) > 7 ? r7[k5] : T.Zero, a76 = sizeof(TOrder) > 7 ? r7[k6] : T.Zero, a77 = sizeof(TOrder) > 7 ? r7[k7] : T.Zero;
        bool positive = PotrfElement<T>.TryRoot(a00, a, out T root);
        if (!positive || sizeof(TOrder) == 1)
        {
            return positive ? 0 : 1;
        }

        (T quotient, T scale) = (a10 / a00, T.One / root);
        a11 = PotrfElement<T>.Subtract(a11, quotient, a10);
        *r1 = a10 *= scale;
        if (sizeof(TOrder) > 2)
        {
            a21 = PotrfElement<T>.Subtract(a21, quotient, a20);
            *r2 = a20 *= scale;
            a22 = PotrfElement<T>.Subtract(a22, a20, a20);
        }

        if (sizeof(TOrder) > 3)
        {
            a31 = PotrfElement<T>.Subtract(a31, quotient, a30);
            *r3 = a30 *= scale;
            a32 = PotrfElement<T>.Subtract(a32, a30, a20);
            a33 = PotrfElement<T>.Subtract(a33, a30, a30);
        }

        if (sizeof(TOrder) > 4)
        {
            a41 = PotrfElement<T>.Subtract(a41, quotient, a40);
            *r4 = a40 *= scale;
            a42 = PotrfElement<T>.Subtract(a42, a40, a20);
            a43 = PotrfElement<T>.Subtract(a43, a40, a30);
            a44 = PotrfElement<T>.Subtract(a44, a40, a40);
        }

        if (sizeof(TOrder) > 5)
        {
            a51 = PotrfElement<T>.Subtract(a51, quotient, a50);
            *r5 = a50 *= scale;
            a52 = PotrfElement<T>.Subtract(a52, a50, a20);
            a53 = PotrfElement<T>.Subtract(a53, a50, a30);
            a54 = PotrfElement<T>.Subtract(a54, a50, a40);
            a55 = PotrfElement<T>.Subtract(a55, a50, a50);
        }

        if (sizeof(TOrder) > 6)
        {
            a61 = PotrfElement<T>.Subtract(a61, quotient, a60);
            *r6 = a60 *= scale;
            a62 = PotrfElement<T>.Subtract(a62, a60, a20);
            a63 = PotrfElement<T>.Subtract(a63, a60, a30);
            a64 = PotrfElement<T>.Subtract(a64, a60, a40);
            a65 = PotrfElement<T>.Subtract(a65, a60, a50);
            a66 = PotrfElement<T>.Subtract(a66, a60, a60);
        }

        if (sizeof(TOrder) > 7)
        {
            a71 = PotrfElement<T>.Subtract(a71, quotient, a70);
            *r7 = a70 *= scale;
            a72 = PotrfElement<T>.Subtract(a72, a70, a20);
            a73 = PotrfElement<T>.Subtract(a73, a70, a30);
            a74 = PotrfElement<T>.Subtract(a74, a70, a40);
            a75 = PotrfElement<T>.Subtract(a75, a70, a50);
            a76 = PotrfElement<T>.Subtract(a76, a70, a60);
            a77 = PotrfElement<T>.Subtract(a77, a70, a70);
        }

        positive = PotrfElement<T>.TryRoot(a11, r1 + column, out root);
        if (!positive || sizeof(TOrder) == 2)
        {
            return positive ? 0 : 2;
        }

        (quotient, scale) = (a21 / a11, T.One / root);
        a22 = PotrfElement<T>.Subtract(a22, quotient, a21);
        r2[column] = a21 *= scale;
        if (sizeof(TOrder) > 3)
        {
            a32 = PotrfElement<T>.Subtract(a32, quotient, a31);
            r3[column] = a31 *= scale;
            a33 = PotrfElement<T>.Subtract(a33, a31, a31);
        }

        if (sizeof(TOrder) > 4)
        {
            a42 = PotrfElement<T>.Subtract(a42, quotient, a41);
            r4[column] = a41 *= scale;
            a43 = PotrfElement<T>.Subtract(a43, a41, a31);
            a44 = PotrfElement<T>.Subtract(a44, a41, a41);
        }

        if (sizeof(TOrder) > 5)
        {
            a52 = PotrfElement<T>.Subtract(a52, quotient, a51);
            r5[column] = a51 *= scale;
            a53 = PotrfElement<T>.Subtract(a53, a51, a31);
            a54 = PotrfElement<T>.Subtract(a54, a51, a41);
            a55 = PotrfElement<T>.Subtract(a55, a51, a51);
        }

        if (sizeof(TOrder) > 6)
        {
            a62 = PotrfElement<T>.Subtract(a62, quotient, a61);
            r6[column] = a61 *= scale;
            a63 = PotrfElement<T>.Subtract(a63, a61, a31);
            a64 = PotrfElement<T>.Subtract(a64, a61, a41);
            a65 = PotrfElement<T>.Subtract(a65, a61, a51);
            a66 = PotrfElement<T>.Subtract(a66, a61, a61);
        }

        if (sizeof(TOrder) > 7)
        {
            a72 = PotrfElement<T>.Subtract(a72, quotient, a71);
            r7[column] = a71 *= scale;
            a73 = PotrfElement<T>.Subtract(a73, a71, a31);
            a74 = PotrfElement<T>.Subtract(a74, a71, a41);
            a75 = PotrfElement<T>.Subtract(a75, a71, a51);
            a76 = PotrfElement<T>.Subtract(a76, a71, a61);
            a77 = PotrfElement<T>.Subtract(a77, a71, a71);
        }

        positive = PotrfElement<T>.TryRoot(a22, r2 + k2, out root);
        if (!positive || sizeof(TOrder) == 3)
        {
            return positive ? 0 : 3;
        }

        (quotient, scale) = (a32 / a22, T.One / root);
        a33 = PotrfElement<T>.Subtract(a33, quotient, a32);
        r3[k2] = a32 *= scale;
        if (sizeof(TOrder) > 4)
        {
            a43 = PotrfElement<T>.Subtract(a43, quotient, a42);
            r4[k2] = a42 *= scale;
            a44 = PotrfElement<T>.Subtract(a44, a42, a42);
        }

        if (sizeof(TOrder) > 5)
        {
            a53 = PotrfElement<T>.Subtract(a53, quotient, a52);
            r5[k2] = a52 *= scale;
            a54 = PotrfElement<T>.Subtract(a54, a52, a42);
            a55 = PotrfElement<T>.Subtract(a55, a52, a52);
        }

        if (sizeof(TOrder) > 6)
        {
            a63 = PotrfElement<T>.Subtract(a63, quotient, a62);
            r6[k2] = a62 *= scale;
            a64 = PotrfElement<T>.Subtract(a64, a62, a42);
            a65 = PotrfElement<T>.Subtract(a65, a62, a52);
            a66 = PotrfElement<T>.Subtract(a66, a62, a62);
        }

        if (sizeof(TOrder) > 7)
        {
            a73 = PotrfElement<T>.Subtract(a73, quotient, a72);
            r7[k2] = a72 *= scale;
            a74 = PotrfElement<T>.Subtract(a74, a72, a42);
            a75 = PotrfElement<T>.Subtract(a75, a72, a52);
            a76 = PotrfElement<T>.Subtract(a76, a72, a62);
            a77 = PotrfElement<T>.Subtract(a77, a72, a72);
        }

        positive = PotrfElement<T>.TryRoot(a33, r3 + k3, out root);
        if (!positive || sizeof(TOrder) == 4)
        {
            return positive ? 0 : 4;
        }

        (quotient, scale) = (a43 / a33, T.One / root);
        a44 = PotrfElement<T>.Subtract(a44, quotient, a43);
        r4[k3] = a43 *= scale;
        if (sizeof(TOrder) > 5)
        {
            a54 = PotrfElement<T>.Subtract(a54, quotient, a53);
            r5[k3] = a53 *= scale;
            a55 = PotrfElement<T>.Subtract(a55, a53, a53);
        }

        if (sizeof(TOrder) > 6)
        {
            a64 = PotrfElement<T>.Subtract(a64, quotient, a63);
            r6[k3] = a63 *= scale;
            a65 = PotrfElement<T>.Subtract(a65, a63, a53);
            a66 = PotrfElement<T>.Subtract(a66, a63, a63);
        }

        if (sizeof(TOrder) > 7)
        {
            a74 = PotrfElement<T>.Subtract(a74, quotient, a73);
            r7[k3] = a73 *= scale;
            a75 = PotrfElement<T>.Subtract(a75, a73, a53);
            a76 = PotrfElement<T>.Subtract(a76, a73, a63);
            a77 = PotrfElement<T>.Subtract(a77, a73, a73);
        }

        positive = PotrfElement<T>.TryRoot(a44, r4 + k4, out root);
        if (!positive || sizeof(TOrder) == 5)
        {
            return positive ? 0 : 5;
        }

        (quotient, scale) = (a54 / a44, T.One / root);
        a55 = PotrfElement<T>.Subtract(a55, quotient, a54);
        r5[k4] = a54 *= scale;
        if (sizeof(TOrder) > 6)
        {
            a65 = PotrfElement<T>.Subtract(a65, quotient, a64);
            r6[k4] = a64 *= scale;
            a66 = PotrfElement<T>.Subtract(a66, a64, a64);
        }

        if (sizeof(TOrder) > 7)
        {
            a75 = PotrfElement<T>.Subtract(a75, quotient, a74);
            r7[k4] = a74 *= scale;
            a76 = PotrfElement<T>.Subtract(a76, a74, a64);
            a77 = PotrfElement<T>.Subtract(a77, a74, a74);
        }

        positive = PotrfElement<T>.TryRoot(a55, r5 + k5, out root);
        if (!positive || sizeof(TOrder) == 6)
        {
            return positive ? 0 : 6;
        }

        (quotient, scale) = (a65 / a55, T.One / root);
        a66 = PotrfElement<T>.Subtract(a66, quotient, a65);
        r6[k5] = a65 *= scale;
        if (sizeof(TOrder) > 7)
        {
            a76 = PotrfElement<T>.Subtract(a76, quotient, a75);
            r7[k5] = a75 *= scale;
            a77 = PotrfElement<T>.Subtract(a77, a75, a75);
        }

        positive = PotrfElement<T>.TryRoot(a66, r6 + k6, out root);
        if (!positive || sizeof(TOrder) == 7)
        {
            return positive ? 0 : 7;
        }

        (quotient, scale) = (a76 / a66, T.One / root);
        a77 = PotrfElement<T>.Subtract(a77, quotient, a76);
        r7[k6] = a76 *= scale;

        return PotrfElement<T>.TryRoot(a77, r7 + k7, out _) ? 0 : 8;
    }
}
