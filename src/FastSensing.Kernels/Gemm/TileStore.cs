using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>What the finished sums of a tile go through on their way to C: c &#8592; alpha sum + beta c, without reading c when beta = 0.</summary>
internal static unsafe class TileStore<TIsa, T, TVector, TEdge>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TEdge : unmanaged
{
    /// <summary>A register that is used in full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Whole(T* c, TVector sum, in Factors to)
    {
        TVector v = TIsa.Multiply(to.Alpha, sum);
        TIsa.Store(c, to.ReadsC ? TIsa.MultiplyAdd(to.Beta, TIsa.Load(c), v) : v);
    }

    /// <summary>The last register of a row, which a masked edge uses in part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Last(T* c, TVector sum, in Factors to)
    {
        if (sizeof(TEdge) == sizeof(WholeEdge))
        {
            Whole(c, sum, to);
            return;
        }

        TVector v = TIsa.Multiply(to.Alpha, sum);
        TIsa.StoreMasked(c, to.Mask, to.ReadsC ? TIsa.MultiplyAdd(to.Beta, TIsa.LoadMasked(c, to.Mask), v) : v);
    }

    /// <summary>Alpha and beta in every lane, whether C counts, and the lanes of a masked edge.</summary>
    internal readonly struct Factors(TVector alpha, TVector beta, bool readsC, TVector mask)
    {
        public readonly TVector Alpha = alpha;
        public readonly TVector Beta = beta;
        public readonly bool ReadsC = readsC;
        public readonly TVector Mask = mask;
    }
}
