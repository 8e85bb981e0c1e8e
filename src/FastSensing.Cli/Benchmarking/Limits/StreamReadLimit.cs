using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking.Limits;

/// <summary>
/// How many bytes per second this core can read when it only adds up what it reads: the limit of every kernel that
/// passes once over a dense operator.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe struct StreamReadLimit<T>(T* data, nint length) : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T _sum;

    /// <summary>The sum of all elements, so that no read is dead code.</summary>
    /// <param name="data">First element.</param>
    /// <param name="length">Number of elements; those behind the last whole group of 8 vectors are left out.</param>
    public static T Run(T* data, nint length)
    {
        StreamReadLimit<T> limit = new(data, length);
        Isa.Dispatch<T, StreamReadLimit<T>>(ref limit);
        return limit._sum;
    }

    /// <inheritdoc/>
    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => _sum = Loop<TIsa, TVector>(data, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Loop<TIsa, TVector>(T* p, nint length)
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        TVector s0 = TIsa.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        nint lanes = TIsa.Count;
        for (T* end = p + (length / (8 * lanes) * 8 * lanes); p < end; p += 8 * lanes)
        {
            s0 = TIsa.Add(s0, TIsa.Load(p));
            s1 = TIsa.Add(s1, TIsa.Load(p + lanes));
            s2 = TIsa.Add(s2, TIsa.Load(p + (2 * lanes)));
            s3 = TIsa.Add(s3, TIsa.Load(p + (3 * lanes)));
            s4 = TIsa.Add(s4, TIsa.Load(p + (4 * lanes)));
            s5 = TIsa.Add(s5, TIsa.Load(p + (5 * lanes)));
            s6 = TIsa.Add(s6, TIsa.Load(p + (6 * lanes)));
            s7 = TIsa.Add(s7, TIsa.Load(p + (7 * lanes)));
        }

        TVector sum = TIsa.Add(TIsa.Add(TIsa.Add(s0, s1), TIsa.Add(s2, s3)), TIsa.Add(TIsa.Add(s4, s5), TIsa.Add(s6, s7)));
        return TIsa.Sum(sum);
    }
}
