using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// The inner loops over four rows of A at a time: dot products with x, and their linear combination added to g.
/// </summary>
/// <remarks>
/// <para>Register budget: 4 accumulators, 4 broadcast coefficients, g and x: 10 of 16, so one body serves every ISA.
/// Four rows share each load of x and each load and store of g; the loops wait for memory, not for the multipliers, so
/// more accumulators per row gain nothing.</para>
/// <para>Order of the sums: lane by lane down the row, then the lanes (TIsa.Sum); rows in ascending order into g.</para>
/// </remarks>
internal static unsafe class RowBlockKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Z_k &#8592; &lt;A_k, x&gt;.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(ref RowBlock<T> rows, T* x, nint length)
    {
        T* a0 = rows.A0;
        T* a1 = rows.A1;
        T* a2 = rows.A2;
        T* a3 = rows.A3;
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
        }

        if (j < length)
        {
            TVector mask = TIsa.Mask(length - j);
            TVector xj = TIsa.LoadMasked(x + j, mask);
            s0 = TIsa.MultiplyAdd(TIsa.LoadMasked(a0 + j, mask), xj, s0);
            s1 = TIsa.MultiplyAdd(TIsa.LoadMasked(a1 + j, mask), xj, s1);
            s2 = TIsa.MultiplyAdd(TIsa.LoadMasked(a2 + j, mask), xj, s2);
            s3 = TIsa.MultiplyAdd(TIsa.LoadMasked(a3 + j, mask), xj, s3);
        }

        rows.Z0 = TIsa.Sum(s0);
        rows.Z1 = TIsa.Sum(s1);
        rows.Z2 = TIsa.Sum(s2);
        rows.Z3 = TIsa.Sum(s3);
    }

    /// <summary>g &#8592; g + sum Z_k A_k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpy(in RowBlock<T> rows, T* g, nint length)
    {
        T* a0 = rows.A0;
        T* a1 = rows.A1;
        T* a2 = rows.A2;
        T* a3 = rows.A3;
        TVector z0 = TIsa.Create(rows.Z0);
        TVector z1 = TIsa.Create(rows.Z1);
        TVector z2 = TIsa.Create(rows.Z2);
        TVector z3 = TIsa.Create(rows.Z3);
        nint j = 0;
        for (; j <= length - TIsa.Count; j += TIsa.Count)
        {
            TVector sum = TIsa.MultiplyAdd(z0, TIsa.Load(a0 + j), TIsa.Load(g + j));
            sum = TIsa.MultiplyAdd(z1, TIsa.Load(a1 + j), sum);
            sum = TIsa.MultiplyAdd(z2, TIsa.Load(a2 + j), sum);
            TIsa.Store(g + j, TIsa.MultiplyAdd(z3, TIsa.Load(a3 + j), sum));
        }

        if (j < length)
        {
            TVector mask = TIsa.Mask(length - j);
            TVector sum = TIsa.MultiplyAdd(z0, TIsa.LoadMasked(a0 + j, mask), TIsa.LoadMasked(g + j, mask));
            sum = TIsa.MultiplyAdd(z1, TIsa.LoadMasked(a1 + j, mask), sum);
            sum = TIsa.MultiplyAdd(z2, TIsa.LoadMasked(a2 + j, mask), sum);
            TIsa.StoreMasked(g + j, mask, TIsa.MultiplyAdd(z3, TIsa.LoadMasked(a3 + j, mask), sum));
        }
    }
}
