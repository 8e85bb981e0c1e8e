using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace FastSensing.Kernels.Simd;

/// <summary>What the target of the lane has, in place of the file of that name in the kernels, which asks the CPU.</summary>
internal static class Hardware128
{
    /// <summary>NEON has 32 registers.</summary>
    public static bool HasManyRegisters => true;

    /// <summary>NEON has no such intrinsic.</summary>
    public static unsafe void Prefetch(void* p)
    {
    }

    /// <summary>x_0 b + c for lane 0 of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAddLane<T>(Vector128<T> x, Vector128<T> b, Vector128<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
        ? AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(c.AsDouble(), b.AsDouble(), x.AsDouble(), 0).As<double, T>()
        : AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(c.AsSingle(), b.AsSingle(), x.AsSingle(), 0).As<float, T>();

    /// <summary>a b + c in one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
        ? Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
}
