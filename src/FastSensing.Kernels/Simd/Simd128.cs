using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastSensing.Kernels.Simd;

/// <summary>128-bit registers: SSE on x64 (16 of them), NEON on Arm64 (32 of them).</summary>
internal readonly unsafe struct Simd128<T> : IIsa<T, Vector128<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Simd128";

    public static int Count => Vector128<T>.Count;

    public static bool HasManyRegisters => Hardware128.HasManyRegisters;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* p) => Vector128.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T* p) => Vector128.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadFactor(T* p) => Broadcast(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* p, Vector128<T> v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => Hardware128.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAddFactor(Vector128<T> x, Vector128<T> b, Vector128<T> c) => MultiplyAdd(x, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> NegateMultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => MultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(nint count) => Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(count)));

    // 128-bit code has no masked memory access: what is there is moved in one piece, or in a half and a quarter. Lane
    // numbers are constants, because a variable one is a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadMasked(T* p, Vector128<T> mask)
    {
        if (HasLane(mask, Vector128<T>.Count - 1))
        {
            return Load(p);
        }

        if (sizeof(T) == sizeof(double) || !HasLane(mask, 1))
        {
            return Vector128.CreateScalar(*p);
        }

        Vector128<T> v = Vector128.CreateScalar(*(double*)p).As<double, T>();
        return HasLane(mask, 2) ? v.WithElement(2, p[2]) : v;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* p, Vector128<T> mask, Vector128<T> v)
    {
        if (HasLane(mask, Vector128<T>.Count - 1))
        {
            Store(p, v);
        }
        else if (sizeof(T) == sizeof(double) || !HasLane(mask, 1))
        {
            *p = v.ToScalar();
        }
        else
        {
            *(double*)p = v.AsDouble().ToScalar();
            if (HasLane(mask, 2))
            {
                p[2] = v.GetElement(2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Halves(Vector128<T> lower, Vector128<T> upper) =>
        Vector128.ConditionalSelect(Vector128.Create(-1L, 0L).As<long, T>(), lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SwapHalves(Vector128<T> v) => Vector128.Shuffle(v.AsInt32(), Vector128.Create(2, 3, 0, 1)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* p) => Hardware128.Prefetch(p);

    public static void Transpose(in TransposeBlock<T> b) => b.MoveElements();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> v) => Vector128.Sum(v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumEach(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d, T* sums)
    {
        sums[0] = Sum(a);
        sums[1] = Sum(b);
        sums[2] = Sum(c);
        sums[3] = Sum(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLane(Vector128<T> mask, int lane) => sizeof(T) == sizeof(double)
        ? mask.AsInt64().GetElement(lane) != 0
        : mask.AsInt32().GetElement(lane) != 0;
}
