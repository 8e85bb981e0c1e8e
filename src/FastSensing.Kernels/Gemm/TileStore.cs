using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>What the finished sums of a tile go through on their way to C: TUpdate, without reading C when beta = 0.</summary>
internal readonly unsafe struct TileStore<TIsa, T, TVector, TUpdate>(in GemmPanel<T> panel, TVector mask)
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TUpdate : unmanaged
{
    private readonly TVector _alpha = TIsa.Create(panel.Alpha);
    private readonly TVector _beta = TIsa.Create(panel.Beta);
    private readonly bool _readsC = panel.Beta != T.Zero;
    private readonly TVector _mask = mask;

    /// <summary>A whole register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Whole(T* c, TVector sum)
    {
        if (sizeof(TUpdate) == sizeof(OverwriteUpdate))
        {
            TIsa.Store(c, sum);
        }
        else if (sizeof(TUpdate) == sizeof(AddUpdate))
        {
            TIsa.Store(c, TIsa.Add(TIsa.Load(c), sum));
        }
        else
        {
            TVector v = TIsa.Multiply(_alpha, sum);
            TIsa.Store(c, _readsC ? TIsa.MultiplyAdd(_beta, TIsa.Load(c), v) : v);
        }
    }

    /// <summary>The lanes of the mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Masked(T* c, TVector sum)
    {
        if (sizeof(TUpdate) == sizeof(OverwriteUpdate))
        {
            TIsa.StoreMasked(c, _mask, sum);
        }
        else if (sizeof(TUpdate) == sizeof(AddUpdate))
        {
            TIsa.StoreMasked(c, _mask, TIsa.Add(TIsa.LoadMasked(c, _mask), sum));
        }
        else
        {
            TVector v = TIsa.Multiply(_alpha, sum);
            TIsa.StoreMasked(c, _mask, _readsC ? TIsa.MultiplyAdd(_beta, TIsa.LoadMasked(c, _mask), v) : v);
        }
    }
}
