using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>What the finished sums of a tile go through on their way to C, without reading C when beta = 0.</summary>
/// <remarks>
/// To an <see cref="AddUpdate"/> the tile has added C already, all rows before the first is stored: a processor that meets
/// a load in the reach of an earlier masked store, masked lanes included, waits until that store is in the cache, and the
/// rows of narrow matrices reach into each other.
/// </remarks>
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
        if (sizeof(TUpdate) != sizeof(GeneralUpdate))
        {
            TIsa.Store(c, sum);
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
        if (sizeof(TUpdate) != sizeof(GeneralUpdate))
        {
            TIsa.StoreMasked(c, _mask, sum);
        }
        else
        {
            TVector v = TIsa.Multiply(_alpha, sum);
            TIsa.StoreMasked(c, _mask, _readsC ? TIsa.MultiplyAdd(_beta, TIsa.LoadMasked(c, _mask), v) : v);
        }
    }
}
