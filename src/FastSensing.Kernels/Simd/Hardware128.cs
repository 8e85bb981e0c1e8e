using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// What 128-bit code has to ask the CPU. In a file of its own because it does: a build of the kernels for a fixed
/// target replaces it by constants.
/// </summary>
internal static class Hardware128
{
    /// <summary>A fused multiply-add in hardware.</summary>
    public static bool HasFma => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>32 registers (NEON) rather than 16 (SSE).</summary>
    public static bool HasManyRegisters => AdvSimd.IsSupported;
}
