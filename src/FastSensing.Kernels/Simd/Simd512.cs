using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>512-bit registers, 32 of them, with mask registers: AVX-512 F, BW, DQ and VL.</summary>
internal readonly unsafe struct Simd512<T> : IIsa<T, Vector512<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Simd512";

    public static int Count => Vector512<T>.Count;

    public static bool HasManyRegisters => true;

    // A mask is a window of these: two instructions, where a comparison with the lane numbers takes five.
    private static ReadOnlySpan<long> LaneMasks64 => [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<int> LaneMasks32 =>
        [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static Vector512<T> Zero => Vector512<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Create(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* p) => Vector512.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T* p) => Vector512.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadFactor(T* p) => Broadcast(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* p, Vector512<T> v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> a, Vector512<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAddFactor(Vector512<T> x, Vector512<T> b, Vector512<T> c) => MultiplyAdd(x, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> NegateMultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => MultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(nint count) => typeof(T) == typeof(double)
        ? Vector512.Load((long*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(LaneMasks64)) + 8 - count).As<long, T>()
        : Vector512.Load((int*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(LaneMasks32)) + 16 - count).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadMasked(T* p, Vector512<T> mask) => typeof(T) == typeof(double)
        ? Avx512F.MaskLoad((double*)p, mask.AsDouble(), Vector512<double>.Zero).As<double, T>()
        : Avx512F.MaskLoad((float*)p, mask.AsSingle(), Vector512<float>.Zero).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* p, Vector512<T> mask, Vector512<T> v)
    {
        if (typeof(T) == typeof(double))
        {
            Avx512F.MaskStore((double*)p, mask.AsDouble(), v.AsDouble());
        }
        else
        {
            Avx512F.MaskStore((float*)p, mask.AsSingle(), v.AsSingle());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Halves(Vector512<T> lower, Vector512<T> upper) =>
        Vector512.ConditionalSelect(Vector512.Create(-1L, -1, -1, -1, 0, 0, 0, 0), lower.AsInt64(), upper.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SwapHalves(Vector512<T> v) => Avx512F.Shuffle4x128(v.AsDouble(), v.AsDouble(), 0x4E).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* p) => Sse.Prefetch0(p);

    public static void Transpose(in TransposeBlock<T> b)
    {
        if (typeof(T) == typeof(double))
        {
            Transpose512.Run((double*)b.Source, b.SourceStride, b.Rows, b.Columns, (double*)b.Target, b.TargetStride);
        }
        else
        {
            Transpose512.Run((float*)b.Source, b.SourceStride, b.Rows, b.Columns, (float*)b.Target, b.TargetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> v) => Simd256<T>.Sum(v.GetLower() + v.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumEach(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, T* sums) => Simd256<T>.SumEach(
        a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper(), sums);
}
