using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking.Limits;

/// <summary>
/// How many flops per second this core can do when nothing but multiply-adds on registers is asked of it: the limit
/// that Gemm is measured against, on the instruction set that Gemm itself is dispatched to.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// 12 independent chains fill today's two pipes of latency 4 one and a half times,
/// and with the two factors they are the 14 registers that fit every instruction set.
/// </remarks>
internal struct RegisterFmaLimit<T>(long iterations) : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chains = 12;

    /// <summary>Flops of the last visit.</summary>
    public long Flops { get; private set; }

    /// <summary>Runs the loop; the sum of the chains is returned so that none of them is dead code.</summary>
    /// <param name="iterations">Passes over the 12 chains.</param>
    /// <param name="flops">What was computed: 2 per lane, chain and pass.</param>
    public static T Run(long iterations, out long flops)
    {
        RegisterFmaLimit<T> limit = new(iterations);
        Isa.Dispatch<T, RegisterFmaLimit<T>>(ref limit);
        flops = limit.Flops;
        return limit._sum;
    }

    private T _sum;

    /// <inheritdoc/>
    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        _sum = Loop<TIsa, TVector>(iterations, T.CreateTruncating(0.5), T.CreateTruncating(0.25));
        Flops = 2 * Chains * TIsa.Count * iterations;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Loop<TIsa, TVector>(long iterations, T first, T second)
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        TVector a = TIsa.Create(first);
        TVector b = TIsa.Create(second);
        TVector c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (long i = iterations; i > 0; i--)
        {
            c0 = TIsa.MultiplyAdd(a, b, c0);
            c1 = TIsa.MultiplyAdd(a, b, c1);
            c2 = TIsa.MultiplyAdd(a, b, c2);
            c3 = TIsa.MultiplyAdd(a, b, c3);
            c4 = TIsa.MultiplyAdd(a, b, c4);
            c5 = TIsa.MultiplyAdd(a, b, c5);
            c6 = TIsa.MultiplyAdd(a, b, c6);
            c7 = TIsa.MultiplyAdd(a, b, c7);
            c8 = TIsa.MultiplyAdd(a, b, c8);
            c9 = TIsa.MultiplyAdd(a, b, c9);
            c10 = TIsa.MultiplyAdd(a, b, c10);
            c11 = TIsa.MultiplyAdd(a, b, c11);
        }

        TVector left = TIsa.Add(TIsa.Add(TIsa.Add(c0, c1), TIsa.Add(c2, c3)), TIsa.Add(c4, c5));
        TVector right = TIsa.Add(TIsa.Add(TIsa.Add(c6, c7), TIsa.Add(c8, c9)), TIsa.Add(c10, c11));
        return TIsa.Sum(TIsa.Add(left, right));
    }
}
