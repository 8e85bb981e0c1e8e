using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// The fused inner loop: dot products of one block of rows while the block before it, still in cache, is added to g.
/// </summary>
/// <remarks>
/// <para>Main memory delivers the new block all the time, while the old one is read a second time from the cache: that
/// second read is what a separate adjoint pass would pay in main memory.</para>
/// <para>Register budget: 4 accumulators, 4 broadcast coefficients, x, the running g, 2 temporaries: 12 of 16. The body is that of
/// <see cref="RowBlockKernel{TIsa, T, TVector}"/>'s two loops in one, with the same order of every sum, so the results
/// are theirs bit for bit.</para>
/// </remarks>
internal static unsafe class SkewedRowBlockKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Z_k of current &#8592; &lt;A_k, x&gt; and g &#8592; g + sum Z_k A_k of previous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotAxpy(ref RowBlock<T> current, in RowBlock<T> previous, T* x, T* g, nint length)
    {
        T* a0 = current.A0;
        T* a1 = current.A1;
        T* a2 = current.A2;
        T* a3 = current.A3;
        T* b0 = previous.A0;
        T* b1 = previous.A1;
        T* b2 = previous.A2;
        T* b3 = previous.A3;
        TVector z0 = TIsa.Create(previous.Z0);
        TVector z1 = TIsa.Create(previous.Z1);
        TVector z2 = TIsa.Create(previous.Z2);
        TVector z3 = TIsa.Create(previous.Z3);
        TVector s0 = TIsa.Zero;
        TVector s1 = s0;
        TVector s2 = s0;
        TVector s3 = s0;
        nint j = 0;
        for (; j <= length - TIsa.Count; j += TIsa.Count)
        {
            TVector xj = TIsa.Load(x + j);
            s0 = TIsa.MultiplyAdd(TIsa.Load(a0 + j), xj, s0);
            s1 = TIsa.MultiplyAdd(TIsa.Load(a1 + j), xj, s1);
            s2 = TIsa.MultiplyAdd(TIsa.Load(a2 + j), xj, s2);
            s3 = TIsa.MultiplyAdd(TIsa.Load(a3 + j), xj, s3);
            TVector sum = TIsa.MultiplyAdd(z0, TIsa.Load(b0 + j), TIsa.Load(g + j));
            sum = TIsa.MultiplyAdd(z1, TIsa.Load(b1 + j), sum);
            sum = TIsa.MultiplyAdd(z2, TIsa.Load(b2 + j), sum);
            TIsa.Store(g + j, TIsa.MultiplyAdd(z3, TIsa.Load(b3 + j), sum));
        }

        if (j < length)
        {
            TVector mask = TIsa.Mask(length - j);
            TVector xj = TIsa.LoadMasked(x + j, mask);
            s0 = TIsa.MultiplyAdd(TIsa.LoadMasked(a0 + j, mask), xj, s0);
            s1 = TIsa.MultiplyAdd(TIsa.LoadMasked(a1 + j, mask), xj, s1);
            s2 = TIsa.MultiplyAdd(TIsa.LoadMasked(a2 + j, mask), xj, s2);
            s3 = TIsa.MultiplyAdd(TIsa.LoadMasked(a3 + j, mask), xj, s3);
            TVector sum = TIsa.MultiplyAdd(z0, TIsa.LoadMasked(b0 + j, mask), TIsa.LoadMasked(g + j, mask));
            sum = TIsa.MultiplyAdd(z1, TIsa.LoadMasked(b1 + j, mask), sum);
            sum = TIsa.MultiplyAdd(z2, TIsa.LoadMasked(b2 + j, mask), sum);
            TIsa.StoreMasked(g + j, mask, TIsa.MultiplyAdd(z3, TIsa.LoadMasked(b3 + j, mask), sum));
        }

        current.Z0 = TIsa.Sum(s0);
        current.Z1 = TIsa.Sum(s1);
        current.Z2 = TIsa.Sum(s2);
        current.Z3 = TIsa.Sum(s3);
    }
}
