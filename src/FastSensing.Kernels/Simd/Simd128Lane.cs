using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// NEON with the multiply-add that takes one factor from a lane: an element of A is loaded, and not spread over a register
/// first, which would cost one more instruction and a turn of the multipliers.
/// </summary>
/// <remarks>
/// <para>Gives the bits of <see cref="Simd128{T}"/> on the same machine. Every operation is that tag's own but the pair of
/// LoadFactor and MultiplyAddFactor, and of that pair lane i is, there and here, x b_i + c_i of the same three numbers in
/// one rounding, which IEEE 754 defines to the last bit. The sums keep their order, since the tile is the same.</para>
/// <para>Dispatched to on Arm64 alone. It runs wherever <see cref="Simd128{T}"/> does, slower: so tests on any machine reach
/// the tile of its budget, 32 registers of 128 bits.</para>
/// </remarks>
internal readonly unsafe struct Simd128Lane<T> : IIsa<T, Vector128<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static string Name => "Simd128Lane";

    public static int Count => Vector128<T>.Count;

    public static bool HasManyRegisters => true;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Create(T value) => Simd128<T>.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* p) => Simd128<T>.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T* p) => Simd128<T>.Broadcast(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadFactor(T* p) => Vector128.CreateScalarUnsafe(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* p, Vector128<T> v) => Simd128<T>.Store(p, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => Simd128<T>.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => Simd128<T>.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => Simd128<T>.Divide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => Simd128<T>.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAddFactor(Vector128<T> x, Vector128<T> b, Vector128<T> c) => Hardware128.MultiplyAddLane(x, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> NegateMultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => Simd128<T>.NegateMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(nint count) => Simd128<T>.Mask(count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadMasked(T* p, Vector128<T> mask) => Simd128<T>.LoadMasked(p, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* p, Vector128<T> mask, Vector128<T> v) => Simd128<T>.StoreMasked(p, mask, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Halves(Vector128<T> lower, Vector128<T> upper) => Simd128<T>.Halves(lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SwapHalves(Vector128<T> v) => Simd128<T>.SwapHalves(v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(T* p) => Simd128<T>.Prefetch(p);

    public static void Transpose(in TransposeBlock<T> b) => Simd128<T>.Transpose(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> v) => Simd128<T>.Sum(v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumEach(Vector128<T> a, Vector128<T> b, Vector128<T> c, Vector128<T> d, T* sums) => Simd128<T>.SumEach(a, b, c, d, sums);
}
