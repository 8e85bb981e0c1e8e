using FastSensing.Kernels.Simd;

namespace FastSensing.Tests.Architecture;

/// <summary>The instruction set that calls are dispatched to is the one that the build script switched on.</summary>
public class DispatchTests
{
    /// <summary>Set by `test-isa`, whose runs would otherwise pass without testing what they say.</summary>
    private const string Expectation = "FASTSENSING_EXPECT_ISA";

    [Fact]
    public void Isa_OfThisProcess_IsTheOneExpected() =>
        Assert.Equal(Environment.GetEnvironmentVariable(Expectation) ?? Best(), Isa.Name);

    private static string Best() =>
        System.Runtime.Intrinsics.X86.Avx512DQ.VL.IsSupported && System.Runtime.Intrinsics.X86.Avx512BW.IsSupported ? "Simd512"
        : System.Runtime.Intrinsics.X86.Fma.IsSupported && System.Runtime.Intrinsics.X86.Avx2.IsSupported ? "Simd256"
        : System.Runtime.Intrinsics.Arm.AdvSimd.Arm64.IsSupported ? "Simd128Lane"
        : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? "Simd128"
        : "Scalar";
}
