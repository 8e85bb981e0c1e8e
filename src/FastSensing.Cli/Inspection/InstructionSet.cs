using System.Runtime.InteropServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Inspection;

/// <summary>The dispatched instruction set, as processors call it.</summary>
internal static class InstructionSet
{
    /// <summary>"AVX-512 (Simd512)": what the hardware calls it, then the tag of the kernels.</summary>
    public static string Name => $"{HardwareName(Isa.Name, RuntimeInformation.ProcessArchitecture)} ({Isa.Name})";

    /// <summary>What the tag means on processors of an architecture.</summary>
    public static string HardwareName(string tag, Architecture architecture) => tag switch
    {
        "Simd512" => "AVX-512",
        "Simd256" => "AVX2",
        "Simd128Lane" => "NEON",
        "Simd128" => architecture is Architecture.X64 or Architecture.X86 ? "SSE"
            : architecture is Architecture.Arm64 ? "NEON" : "128-bit SIMD",
        _ => "no SIMD",
    };
}
