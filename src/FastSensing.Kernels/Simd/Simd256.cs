using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Kernels.Simd;

/// <summary>256-bit registers, 16 of them: AVX2 with FMA.</summary>
internal readonly unsafe struct Simd256<T> : IIsa<T, Vector256<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Simd256";

    public static int Count => Vector256<T>.Count;

    public static bool HasManyRegisters => false;

    public static Vector256<T> Zero => Vector256<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* p) => Vector256.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T* p) => Vector256.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadFactor(T* p) => Broadcast(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* p, Vector256<T> v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAddFactor(Vector256<T> x, Vector256<T> b, Vector256<T> c) => MultiplyAdd(x, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> NegateMultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => MultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask(nint count) => Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadMasked(T* p, Vector256<T> mask) => typeof(T) == typeof(double)
        ? Avx.MaskLoad((double*)p, mask.AsDouble()).As<double, T>()
        : Avx.MaskLoad((float*)p, mask.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* p, Vector256<T> mask, Vector256<T> v)
    {
        if (typeof(T) == typeof(double))
        {
            Avx.MaskStore((double*)p, mask.AsDouble(), v.AsDouble());
        }
        else
        {
            Avx.MaskStore((float*)p, mask.AsSingle(), v.AsSingle());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Halves(Vector256<T> lower, Vector256<T> upper) => Avx.Blend(lower.AsSingle(), upper.AsSingle(), 0xF0).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SwapHalves(Vector256<T> v) => Avx.Permute2x128(v.AsSingle(), v.AsSingle(), 0x01).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* p) => Sse.Prefetch0(p);

    public static void Transpose(in TransposeBlock<T> b)
    {
        if (b.Rows < Count || b.Columns < Count)
        {
            b.MoveElements();
        }
        else if (typeof(T) == typeof(double))
        {
            Transpose256.Run((double*)b.Source, b.SourceStride, (double*)b.Target, b.TargetStride);
        }
        else
        {
            Transpose256.Run((float*)b.Source, b.SourceStride, (float*)b.Target, b.TargetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> v) => Simd128<T>.Sum(v.GetLower() + v.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumEach(Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, T* sums)
    {
        if (typeof(T) == typeof(double))
        {
            Vector256<double> ab = Avx.HorizontalAdd(a.AsDouble(), b.AsDouble());
            Vector256<double> cd = Avx.HorizontalAdd(c.AsDouble(), d.AsDouble());
            Vector256.Store(Avx.Permute2x128(ab, cd, 0x20) + Avx.Permute2x128(ab, cd, 0x31), (double*)sums);
        }
        else
        {
            Vector256<float> ab = Avx.HorizontalAdd(a.AsSingle(), b.AsSingle());
            Vector256<float> cd = Avx.HorizontalAdd(c.AsSingle(), d.AsSingle());
            Vector256<float> all = Avx.HorizontalAdd(ab, cd);
            Vector128.Store(all.GetLower() + all.GetUpper(), (float*)sums);
        }
    }
}
