using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Simd;

/// <summary>One element at a time: the path of machines without SIMD, and a reference for the others. Never fuses a b + c.</summary>
internal readonly unsafe struct Scalar<T> : IIsa<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Scalar";

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    public static T Zero => T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Create(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* p) => *p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T* p) => *p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadFactor(T* p) => Broadcast(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* p, T v) => *p = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T a, T b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Divide(T a, T b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T a, T b, T c) => (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAddFactor(T x, T b, T c) => MultiplyAdd(x, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NegateMultiplyAdd(T a, T b, T c) => c - (a * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mask(nint count) => T.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadMasked(T* p, T mask) => *p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* p, T mask, T v) => *p = v;

    public static T Halves(T lower, T upper) => throw new NotSupportedException();

    public static T SwapHalves(T v) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* p)
    {
    }

    public static void Transpose(in TransposeBlock<T> b) => b.MoveElements();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T v) => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumEach(T a, T b, T c, T d, T* sums)
    {
        sums[0] = a;
        sums[1] = b;
        sums[2] = c;
        sums[3] = d;
    }
}
