using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels;

/// <summary>
/// The bodies of the vector routines: one register at a time, the sum of Dot in four, because one multiply-add takes
/// four cycles and two can start in each. The tail is masked.
/// </summary>
internal static unsafe class Level1Kernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot(nint n, T* x, T* y)
    {
        TVector s0 = TIsa.Zero, s1 = TIsa.Zero, s2 = TIsa.Zero, s3 = TIsa.Zero;
        nint i = 0;
        for (; i + (4 * TIsa.Count) <= n; i += 4 * TIsa.Count)
        {
            s0 = TIsa.MultiplyAdd(TIsa.Load(x + i), TIsa.Load(y + i), s0);
            s1 = TIsa.MultiplyAdd(TIsa.Load(x + i + TIsa.Count), TIsa.Load(y + i + TIsa.Count), s1);
            s2 = TIsa.MultiplyAdd(TIsa.Load(x + i + (2 * TIsa.Count)), TIsa.Load(y + i + (2 * TIsa.Count)), s2);
            s3 = TIsa.MultiplyAdd(TIsa.Load(x + i + (3 * TIsa.Count)), TIsa.Load(y + i + (3 * TIsa.Count)), s3);
        }

        for (; i + TIsa.Count <= n; i += TIsa.Count)
        {
            s0 = TIsa.MultiplyAdd(TIsa.Load(x + i), TIsa.Load(y + i), s0);
        }

        if (i < n)
        {
            TVector mask = TIsa.Mask(n - i);
            s1 = TIsa.MultiplyAdd(TIsa.LoadMasked(x + i, mask), TIsa.LoadMasked(y + i, mask), s1);
        }

        return TIsa.Sum(TIsa.Add(TIsa.Add(s0, s1), TIsa.Add(s2, s3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpy(nint n, T alpha, T* x, T* y)
    {
        TVector factor = TIsa.Create(alpha);
        nint i = 0;
        for (; i + TIsa.Count <= n; i += TIsa.Count)
        {
            TIsa.Store(y + i, TIsa.MultiplyAdd(factor, TIsa.Load(x + i), TIsa.Load(y + i)));
        }

        if (i < n)
        {
            TVector mask = TIsa.Mask(n - i);
            TIsa.StoreMasked(y + i, mask, TIsa.MultiplyAdd(factor, TIsa.LoadMasked(x + i, mask), TIsa.LoadMasked(y + i, mask)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scal(nint n, T alpha, T* x)
    {
        TVector factor = TIsa.Create(alpha);
        nint i = 0;
        for (; i + TIsa.Count <= n; i += TIsa.Count)
        {
            TIsa.Store(x + i, TIsa.Multiply(factor, TIsa.Load(x + i)));
        }

        if (i < n)
        {
            TVector mask = TIsa.Mask(n - i);
            TIsa.StoreMasked(x + i, mask, TIsa.Multiply(factor, TIsa.LoadMasked(x + i, mask)));
        }
    }
}
