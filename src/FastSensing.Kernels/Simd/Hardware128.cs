using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// What 128-bit code has to ask the CPU. In a file of its own because it does: a build of the kernels for a fixed
/// target replaces it by one that knows.
/// </summary>
internal static class Hardware128
{
    /// <summary>32 registers (NEON) rather than 16 (SSE).</summary>
    public static bool HasManyRegisters => AdvSimd.IsSupported;

    /// <summary>Asks for the cache line of p; NEON has no such intrinsic.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(void* p)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(p);
        }
    }

    /// <summary>x_0 b + c for lane 0 of x, in one instruction where the hardware has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAddLane<T>(Vector128<T> x, Vector128<T> b, Vector128<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!AdvSimd.Arm64.IsSupported)
        {
            return MultiplyAdd(Vector128.Create(x.ToScalar()), b, c);
        }

        return typeof(T) == typeof(double)
            ? AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(c.AsDouble(), b.AsDouble(), x.AsDouble(), 0).As<double, T>()
            : AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(c.AsSingle(), b.AsSingle(), x.AsSingle(), 0).As<float, T>();
    }

    /// <summary>a b + c, fused where the hardware fuses: the software fallback is two hundred times slower than two operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd<T>(Vector128<T> a, Vector128<T> b, Vector128<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Fma.IsSupported && !AdvSimd.IsSupported)
        {
            return (a * b) + c;
        }

        return typeof(T) == typeof(double)
            ? Vector128.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector128.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
    }
}
