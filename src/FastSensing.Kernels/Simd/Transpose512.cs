using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// Transposes in 512-bit registers: 8 x 8 doubles in 24 shuffles, 16 x 16 floats in 64. Neighbouring rows are interleaved
/// until each 128-bit quarter holds one column's piece, then the quarters are gathered.
/// </summary>
/// <remarks>Fewer rows or columns than that: rows beyond the block count as zeros, columns are masked. Nothing outside is touched.</remarks>
internal static unsafe class Transpose512
{
    /// <summary>target[j, i] = source[i, j] for i below rows and j below columns, both 1..8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* source, nint sourceStride, nint rows, nint columns, double* target, nint targetStride)
    {
        Vector512<double> read = Simd512<double>.Mask(columns);
        Vector512<double> write = Simd512<double>.Mask(rows);
        Vector512<double> r0 = Row(source, 0, sourceStride, rows, read);
        Vector512<double> r1 = Row(source, 1, sourceStride, rows, read);
        Vector512<double> r2 = Row(source, 2, sourceStride, rows, read);
        Vector512<double> r3 = Row(source, 3, sourceStride, rows, read);
        Vector512<double> r4 = Row(source, 4, sourceStride, rows, read);
        Vector512<double> r5 = Row(source, 5, sourceStride, rows, read);
        Vector512<double> r6 = Row(source, 6, sourceStride, rows, read);
        Vector512<double> r7 = Row(source, 7, sourceStride, rows, read);
        Vector512<double> low0 = Avx512F.UnpackLow(r0, r1);
        Vector512<double> low1 = Avx512F.UnpackLow(r2, r3);
        Vector512<double> low2 = Avx512F.UnpackLow(r4, r5);
        Vector512<double> low3 = Avx512F.UnpackLow(r6, r7);
        Vector512<double> high0 = Avx512F.UnpackHigh(r0, r1);
        Vector512<double> high1 = Avx512F.UnpackHigh(r2, r3);
        Vector512<double> high2 = Avx512F.UnpackHigh(r4, r5);
        Vector512<double> high3 = Avx512F.UnpackHigh(r6, r7);
        Quad even = new Quad(low0, low1, low2, low3).Transpose();
        Quad odd = new Quad(high0, high1, high2, high3).Transpose();
        Put(target, 0, targetStride, columns, write, even.V0);
        Put(target, 1, targetStride, columns, write, odd.V0);
        Put(target, 2, targetStride, columns, write, even.V1);
        Put(target, 3, targetStride, columns, write, odd.V1);
        Put(target, 4, targetStride, columns, write, even.V2);
        Put(target, 5, targetStride, columns, write, odd.V2);
        Put(target, 6, targetStride, columns, write, even.V3);
        Put(target, 7, targetStride, columns, write, odd.V3);
    }

    /// <summary>target[j, i] = source[i, j] for i below rows and j below columns, both 1..16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, nint rows, nint columns, float* target, nint targetStride)
    {
        Vector512<float> read = Simd512<float>.Mask(columns);
        Vector512<float> write = Simd512<float>.Mask(rows);
        Quad g0 = Four(source, 0, sourceStride, rows, read);
        Quad g1 = Four(source, 4, sourceStride, rows, read);
        Quad g2 = Four(source, 8, sourceStride, rows, read);
        Quad g3 = Four(source, 12, sourceStride, rows, read);
        Quad c0 = new Quad(g0.V0, g1.V0, g2.V0, g3.V0).Transpose();
        Quad c1 = new Quad(g0.V1, g1.V1, g2.V1, g3.V1).Transpose();
        Quad c2 = new Quad(g0.V2, g1.V2, g2.V2, g3.V2).Transpose();
        Quad c3 = new Quad(g0.V3, g1.V3, g2.V3, g3.V3).Transpose();
        Put(target, 0, targetStride, columns, write, c0.V0.AsSingle());
        Put(target, 1, targetStride, columns, write, c1.V0.AsSingle());
        Put(target, 2, targetStride, columns, write, c2.V0.AsSingle());
        Put(target, 3, targetStride, columns, write, c3.V0.AsSingle());
        Put(target, 4, targetStride, columns, write, c0.V1.AsSingle());
        Put(target, 5, targetStride, columns, write, c1.V1.AsSingle());
        Put(target, 6, targetStride, columns, write, c2.V1.AsSingle());
        Put(target, 7, targetStride, columns, write, c3.V1.AsSingle());
        Put(target, 8, targetStride, columns, write, c0.V2.AsSingle());
        Put(target, 9, targetStride, columns, write, c1.V2.AsSingle());
        Put(target, 10, targetStride, columns, write, c2.V2.AsSingle());
        Put(target, 11, targetStride, columns, write, c3.V2.AsSingle());
        Put(target, 12, targetStride, columns, write, c0.V3.AsSingle());
        Put(target, 13, targetStride, columns, write, c1.V3.AsSingle());
        Put(target, 14, targetStride, columns, write, c2.V3.AsSingle());
        Put(target, 15, targetStride, columns, write, c3.V3.AsSingle());
    }

    /// <summary>The four columns' quarters of four rows: q holds columns q, q + 4, q + 8, q + 12, a 128-bit quarter each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Four(float* source, nint first, nint stride, nint rows, Vector512<float> mask)
    {
        Vector512<float> r0 = Row(source, first, stride, rows, mask);
        Vector512<float> r1 = Row(source, first + 1, stride, rows, mask);
        Vector512<float> r2 = Row(source, first + 2, stride, rows, mask);
        Vector512<float> r3 = Row(source, first + 3, stride, rows, mask);
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        Vector512<double> high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        return new Quad(
            Avx512F.UnpackLow(low01, low23),
            Avx512F.UnpackHigh(low01, low23),
            Avx512F.UnpackLow(high01, high23),
            Avx512F.UnpackHigh(high01, high23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(double* source, nint i, nint stride, nint rows, Vector512<double> mask) =>
        i < rows ? Simd512<double>.LoadMasked(source + (i * stride), mask) : Vector512<double>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Row(float* source, nint i, nint stride, nint rows, Vector512<float> mask) =>
        i < rows ? Simd512<float>.LoadMasked(source + (i * stride), mask) : Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* target, nint j, nint stride, nint columns, Vector512<double> mask, Vector512<double> v)
    {
        if (j < columns)
        {
            Simd512<double>.StoreMasked(target + (j * stride), mask, v);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* target, nint j, nint stride, nint columns, Vector512<float> mask, Vector512<float> v)
    {
        if (j < columns)
        {
            Simd512<float>.StoreMasked(target + (j * stride), mask, v);
        }
    }

    /// <summary>A 4 x 4 matrix of 128-bit quarters, a row in each register.</summary>
    private readonly struct Quad(Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3)
    {
        private const byte Even = 0x88;
        private const byte Odd = 0xDD;

        public readonly Vector512<double> V0 = v0;
        public readonly Vector512<double> V1 = v1;
        public readonly Vector512<double> V2 = v2;
        public readonly Vector512<double> V3 = v3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Quad Transpose()
        {
            Vector512<double> even01 = Avx512F.Shuffle4x128(V0, V1, Even);
            Vector512<double> even23 = Avx512F.Shuffle4x128(V2, V3, Even);
            Vector512<double> odd01 = Avx512F.Shuffle4x128(V0, V1, Odd);
            Vector512<double> odd23 = Avx512F.Shuffle4x128(V2, V3, Odd);
            return new Quad(
                Avx512F.Shuffle4x128(even01, even23, Even),
                Avx512F.Shuffle4x128(odd01, odd23, Even),
                Avx512F.Shuffle4x128(even01, even23, Odd),
                Avx512F.Shuffle4x128(odd01, odd23, Odd));
        }
    }
}
