using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Sampling;

/// <summary>
/// Random numbers by index: number i of a seed is a fixed function of (seed, i), the same bits on every platform, in any
/// order, from any thread.
/// </summary>
/// <remarks>
/// <para>The bits are integers only: the index is stepped by an odd constant, and mixed twice by a bijection of 64-bit
/// words, a key of the seed going in before each. For one seed the words of different indices all differ. Uniforms and normals follow by
/// + - * / and square root, without a mathematical library and without fused operations.</para>
/// <para>Not for cryptography. Allocation: none, but for <see cref="Stream"/>.</para>
/// </remarks>
/// <param name="seed">Any value; neighbouring seeds give unrelated numbers.</param>
public sealed class NormalGenerator(ulong seed)
{
    // 2^64 / golden ratio, odd: indices are spread over all bits before the first mixing.
    private const ulong Stride = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong _firstKey = Mix(seed + Stride);

    // Not the word that follows the first key at Stride: that one is met again by Bits(1).
    private readonly ulong _secondKey = Mix(~Mix(seed + Stride));

    /// <summary>64 random bits.</summary>
    /// <param name="index">Any value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(ulong index) => Mix(Mix((index * Stride) + _firstKey) ^ _secondKey);

    /// <summary>A uniform number in (0, 1): (k + 1/2) / 2^52 with k the upper 52 bits of <see cref="Bits"/>.</summary>
    /// <param name="index">Any value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform(ulong index) => ((long)(Bits(index) >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>A standard normal number: Phi^-1 of <see cref="Uniform"/>, to about 1e-15 relative; |value| &lt; 8.3.</summary>
    /// <param name="index">Any value.</param>
    public double Normal(ulong index) => NormalQuantile.Of(Uniform(index));

    /// <summary>destination_i &#8592; Normal(firstIndex + i), rounded to T.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="firstIndex">Index of the first number; indices wrap around after 2^64 - 1.</param>
    /// <param name="destination">Overwritten.</param>
    /// <remarks>Cost: about 10 ns a number.</remarks>
    public void Normals<T>(ulong firstIndex, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(Normal(firstIndex + (ulong)i));
        }
    }

    /// <summary>A generator whose numbers are unrelated to this one's and to those of every other stream.</summary>
    /// <param name="stream">Number of the stream; any value.</param>
    public NormalGenerator Stream(ulong stream) => new(Mix(Mix((stream * Stride) + _secondKey) ^ ~_firstKey));

    /// <summary>A bijection of 64-bit words under which every input bit reaches every output bit (the finalizer of SplitMix64).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
