using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Potrf;

/// <summary>The two steps of <see cref="PotrfSmall{T}"/>.</summary>
internal static unsafe class PotrfElement<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Stores the root of a pivot, if that is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRoot(T pivot, T* to, out T root)
    {
        if (!(pivot > T.Zero))
        {
            root = T.Zero;
            return false;
        }

        root = T.Sqrt(pivot);
        *to = root;
        return true;
    }

    /// <summary>c - a b, fused where the hardware fuses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Subtract(T c, T a, T b) => T.MultiplyAddEstimate(-a, b, c);
}
