using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The tile of a panel whose last register of columns is at most half full: there two rows of C share a register, the even
/// one its lower half, the odd one its upper half.
/// </summary>
/// <remarks>
/// <para>Ten columns of double in 512 bits cost 12 multiply-adds per step of K and 8 rows instead of 16. What pairs the
/// broadcasts of two rows is a blend, which does not compete with multiply-adds.</para>
/// <para>Register budget: 8 x 2 whole sums and 4 shared ones, three registers of B, up to three of A; 4 x 2 and 2 with half
/// as many registers. Layout as for <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TEdge}"/>.</para>
/// </remarks>
internal static unsafe class GemmPairTile<TIsa, T, TVector, TRows, TWhole>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TWhole : unmanaged
{
    /// <summary>Sweeps the first <paramref name="tiles"/> tiles of rows of a panel of TWhole whole registers and a shared one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmPanel<T> panel, nint tiles)
    {
        TVector mask = TIsa.Mask(panel.N - (sizeof(TWhole) * TIsa.Count));
        nint r = panel.ARow * sizeof(T);
        nint r3 = 3 * r;
        nint r5 = 5 * r;
        nint r7 = 7 * r;
        nint aStep = panel.AColumn * sizeof(T);
        nint bStep = panel.BRow;
        T* aTile = panel.A;
        T* cTile = panel.C;

        for (; tiles > 0; tiles--)
        {
            TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c10 = TIsa.Zero, c11 = TIsa.Zero, h0 = TIsa.Zero;
            TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c30 = TIsa.Zero, c31 = TIsa.Zero, h2 = TIsa.Zero;
            TVector c40 = TIsa.Zero, c41 = TIsa.Zero, c50 = TIsa.Zero, c51 = TIsa.Zero, h4 = TIsa.Zero;
            TVector c60 = TIsa.Zero, c61 = TIsa.Zero, c70 = TIsa.Zero, c71 = TIsa.Zero, h6 = TIsa.Zero;
            byte* a = (byte*)aTile;
            T* b = panel.B;
            for (nint k = panel.K; k > 0; k--)
            {
                TVector b0 = TIsa.Load(b);
                TVector b1 = sizeof(TWhole) > 1 ? TIsa.Load(b + TIsa.Count) : default;
                TVector last = TIsa.LoadMasked(b + (sizeof(TWhole) * TIsa.Count), mask);
                last = TIsa.Halves(last, TIsa.SwapHalves(last));
                TVector x = TIsa.Broadcast((T*)a);
                TVector y = TIsa.Broadcast((T*)(a + r));
                c00 = TIsa.MultiplyAdd(x, b0, c00);
                c01 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c01) : c01;
                c10 = TIsa.MultiplyAdd(y, b0, c10);
                c11 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c11) : c11;
                h0 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h0);
                x = TIsa.Broadcast((T*)(a + (2 * r)));
                y = TIsa.Broadcast((T*)(a + r3));
                c20 = TIsa.MultiplyAdd(x, b0, c20);
                c21 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c21) : c21;
                c30 = TIsa.MultiplyAdd(y, b0, c30);
                c31 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c31) : c31;
                h2 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h2);

                if (sizeof(TRows) > 4)
                {
                    x = TIsa.Broadcast((T*)(a + (4 * r)));
                    y = TIsa.Broadcast((T*)(a + r5));
                    c40 = TIsa.MultiplyAdd(x, b0, c40);
                    c41 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c41) : c41;
                    c50 = TIsa.MultiplyAdd(y, b0, c50);
                    c51 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c51) : c51;
                    h4 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h4);
                    x = TIsa.Broadcast((T*)(a + (2 * r3)));
                    y = TIsa.Broadcast((T*)(a + r7));
                    c60 = TIsa.MultiplyAdd(x, b0, c60);
                    c61 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c61) : c61;
                    c70 = TIsa.MultiplyAdd(y, b0, c70);
                    c71 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c71) : c71;
                    h6 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h6);
                }

                a += aStep;
                b += bStep;
            }

            Epilogue to = new(TIsa.Create(panel.Alpha), TIsa.Create(panel.Beta), panel.Beta != T.Zero, mask);
            T* c = cTile;
            StoreRow(c, c00, c01, h0, to);
            c += panel.CRow;
            StoreRow(c, c10, c11, TIsa.SwapHalves(h0), to);
            c += panel.CRow;
            StoreRow(c, c20, c21, h2, to);
            c += panel.CRow;
            StoreRow(c, c30, c31, TIsa.SwapHalves(h2), to);
            if (sizeof(TRows) > 4)
            {
                c += panel.CRow;
                StoreRow(c, c40, c41, h4, to);
                c += panel.CRow;
                StoreRow(c, c50, c51, TIsa.SwapHalves(h4), to);
                c += panel.CRow;
                StoreRow(c, c60, c61, h6, to);
                c += panel.CRow;
                StoreRow(c, c70, c71, TIsa.SwapHalves(h6), to);
            }

            aTile += panel.ATile;
            cTile += sizeof(TRows) * panel.CRow;
        }
    }

    /// <summary>One row of the tile: c &#8592; alpha sum + beta c, without reading c when beta = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(T* c, TVector s0, TVector s1, TVector last, in Epilogue to)
    {
        Store(c, s0, to);
        if (sizeof(TWhole) > 1)
        {
            Store(c + TIsa.Count, s1, to);
        }

        c += sizeof(TWhole) * TIsa.Count;
        TVector v = TIsa.Multiply(to.Alpha, last);
        TIsa.StoreMasked(c, to.Mask, to.ReadsC ? TIsa.MultiplyAdd(to.Beta, TIsa.LoadMasked(c, to.Mask), v) : v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* c, TVector sum, in Epilogue to)
    {
        TVector v = TIsa.Multiply(to.Alpha, sum);
        TIsa.Store(c, to.ReadsC ? TIsa.MultiplyAdd(to.Beta, TIsa.Load(c), v) : v);
    }

    /// <summary>What the finished sums go through.</summary>
    private readonly struct Epilogue(TVector alpha, TVector beta, bool readsC, TVector mask)
    {
        public readonly TVector Alpha = alpha;
        public readonly TVector Beta = beta;
        public readonly bool ReadsC = readsC;
        public readonly TVector Mask = mask;
    }
}
