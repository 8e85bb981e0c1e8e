using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// Picks the instruction set: the one place that reads what the CPU can do. A public call is dispatched once, by type;
/// everything below it is compiled for the tag it was given.
/// </summary>
/// <remarks>
/// AVX-512 (F, BW, DQ, VL) gives Simd512; AVX2 with FMA gives Simd256; NEON of Arm64 gives Simd128Lane; any other 128-bit
/// SIMD gives Simd128; else Scalar. The conditions are constants to the JIT. For tests, the runtime's own knobs lower the choice:
/// DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0, DOTNET_EnableHWIntrinsic=0.
/// </remarks>
public static class Isa
{
    /// <summary>The tag that calls are dispatched to in this process: Simd512, Simd256, Simd128Lane, Simd128 or Scalar.</summary>
    public static string Name
    {
        get
        {
            NameVisitor visitor = default;
            Dispatch<double, NameVisitor>(ref visitor);
            return visitor.Name;
        }
    }

    internal static bool HasSimd512 => Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported;

    internal static bool HasSimd256 => Avx2.IsSupported && Fma.IsSupported;

    internal static bool HasSimd128Lane => AdvSimd.Arm64.IsSupported;

    internal static bool HasSimd128 => Vector128.IsHardwareAccelerated;

    /// <summary>Columns of a panel of Gemm with the chosen tag, three registers or six short ones; a constant to the JIT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PanelColumns<T>()
        where T : unmanaged => 3 * (HasSimd512 ? 64 : HasSimd256 || HasSimd128Lane ? 32 : HasSimd128 ? 16 : Unsafe.SizeOf<T>()) / Unsafe.SizeOf<T>();

    /// <summary>Hands the chosen tag to the visitor; refuses other element types than float and double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Dispatch<T, TVisitor>(ref TVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVisitor : struct, IIsaVisitor<T>, allows ref struct
    {
        RequireSupported<T>();
        if (HasSimd512)
        {
            visitor.Visit<Simd512<T>, Vector512<T>>();
        }
        else if (HasSimd256)
        {
            visitor.Visit<Simd256<T>, Vector256<T>>();
        }
        else if (HasSimd128Lane)
        {
            visitor.Visit<Simd128Lane<T>, Vector128<T>>();
        }
        else if (HasSimd128)
        {
            visitor.Visit<Simd128<T>, Vector128<T>>();
        }
        else
        {
            visitor.Visit<Scalar<T>, T>();
        }
    }

    /// <summary>Throws unless T is float or double, the element types the tags know.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequireSupported<T>()
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            ThrowHelper.UnsupportedElementType(typeof(T));
        }
    }

    private struct NameVisitor : IIsaVisitor<double>
    {
        public string Name;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<double, TVector>
            where TVector : unmanaged => Name = TIsa.Name;
    }
}
