using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>Transposes in 256-bit registers: 4 x 4 doubles in 8 shuffles, 8 x 8 floats in 24.</summary>
/// <remarks>Whole blocks only: masked stores of 256 bits are slow, so smaller blocks are moved element by element.</remarks>
internal static unsafe class Transpose256
{
    /// <summary>target[j, i] = source[i, j] for a block of 4 x 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* source, nint sourceStride, double* target, nint targetStride)
    {
        Vector256<double> r0 = Vector256.Load(source);
        Vector256<double> r1 = Vector256.Load(source + sourceStride);
        Vector256<double> r2 = Vector256.Load(source + (2 * sourceStride));
        Vector256<double> r3 = Vector256.Load(source + (3 * sourceStride));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1);
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<double> low23 = Avx.UnpackLow(r2, r3);
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(low01, low23, 0x20).Store(target);
        Avx.Permute2x128(high01, high23, 0x20).Store(target + targetStride);
        Avx.Permute2x128(low01, low23, 0x31).Store(target + (2 * targetStride));
        Avx.Permute2x128(high01, high23, 0x31).Store(target + (3 * targetStride));
    }

    /// <summary>target[j, i] = source[i, j] for a block of 8 x 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Quad upper = Four(source, sourceStride);
        Quad lower = Four(source + (4 * sourceStride), sourceStride);
        Put(upper.V0, lower.V0, target, targetStride);
        Put(upper.V1, lower.V1, target + targetStride, targetStride);
        Put(upper.V2, lower.V2, target + (2 * targetStride), targetStride);
        Put(upper.V3, lower.V3, target + (3 * targetStride), targetStride);
    }

    /// <summary>The four columns' halves of four rows: q holds columns q and q + 4, a 128-bit half each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Four(float* source, nint stride)
    {
        Vector256<float> r0 = Vector256.Load(source);
        Vector256<float> r1 = Vector256.Load(source + stride);
        Vector256<float> r2 = Vector256.Load(source + (2 * stride));
        Vector256<float> r3 = Vector256.Load(source + (3 * stride));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        return new Quad(
            Avx.UnpackLow(low01, low23),
            Avx.UnpackHigh(low01, low23),
            Avx.UnpackLow(high01, high23),
            Avx.UnpackHigh(high01, high23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<double> x, Vector256<double> y, float* target, nint stride)
    {
        Avx.Permute2x128(x, y, 0x20).AsSingle().Store(target);
        Avx.Permute2x128(x, y, 0x31).AsSingle().Store(target + (4 * stride));
    }

    private readonly struct Quad(Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        public readonly Vector256<double> V0 = v0;
        public readonly Vector256<double> V1 = v1;
        public readonly Vector256<double> V2 = v2;
        public readonly Vector256<double> V3 = v3;
    }
}
