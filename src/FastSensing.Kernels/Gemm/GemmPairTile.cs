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
/// as many registers. Layout as for <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate, TReach}"/>.</para>
/// </remarks>
internal static unsafe class GemmPairTile<TIsa, T, TVector, TRows, TWhole, TUpdate>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TWhole : unmanaged
    where TUpdate : unmanaged
{
    /// <summary>Sweeps row tiles of a panel of TWhole whole registers and a shared one.</summary>
    /// <param name="panel">Depth, strides, factors and columns; its own rows and pointers are not looked at.</param>
    /// <param name="a">First row of A.</param>
    /// <param name="b">First element of the panel of B.</param>
    /// <param name="c">First element of C.</param>
    /// <param name="tiles">Row tiles of sizeof(TRows) rows, an even number.</param>
    /// <param name="panels">Not looked at: 1, as of a tile with a masked edge.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmPanel<T> panel, T* a, T* b, T* c, nint tiles, nint panels)
    {
        TVector mask = TIsa.Mask(panel.N - (sizeof(TWhole) * TIsa.Count));
        nint r = panel.ARow * sizeof(T);
        nint r3 = 3 * r;
        nint r5 = 5 * r;
        nint r7 = 7 * r;
        nint aStep = panel.AColumn * sizeof(T);
        nint bStep = panel.BRow;
        byte* aTile = (byte*)a;
        T* cTile = c;

        for (; tiles > 0; tiles--)
        {
            TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c10 = TIsa.Zero, c11 = TIsa.Zero, h0 = TIsa.Zero;
            TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c30 = TIsa.Zero, c31 = TIsa.Zero, h2 = TIsa.Zero;
            TVector c40 = TIsa.Zero, c41 = TIsa.Zero, c50 = TIsa.Zero, c51 = TIsa.Zero, h4 = TIsa.Zero;
            TVector c60 = TIsa.Zero, c61 = TIsa.Zero, c70 = TIsa.Zero, c71 = TIsa.Zero, h6 = TIsa.Zero;
            byte* aK = aTile;
            T* bK = b;
            for (nint k = panel.K; k != 0; k--)
            {
                TVector b0 = TIsa.Load(bK);
                TVector b1 = sizeof(TWhole) > 1 ? TIsa.Load(bK + TIsa.Count) : default;
                TVector last = TIsa.LoadMasked(bK + (sizeof(TWhole) * TIsa.Count), mask);
                last = TIsa.Halves(last, TIsa.SwapHalves(last));
                TVector x = TIsa.Broadcast((T*)aK);
                TVector y = TIsa.Broadcast((T*)(aK + r));
                c00 = TIsa.MultiplyAdd(x, b0, c00);
                c01 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c01) : c01;
                c10 = TIsa.MultiplyAdd(y, b0, c10);
                c11 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c11) : c11;
                h0 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h0);

                if (sizeof(TRows) > 2)
                {
                    x = TIsa.Broadcast((T*)(aK + (2 * r)));
                    y = TIsa.Broadcast((T*)(aK + r3));
                    c20 = TIsa.MultiplyAdd(x, b0, c20);
                    c21 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c21) : c21;
                    c30 = TIsa.MultiplyAdd(y, b0, c30);
                    c31 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c31) : c31;
                    h2 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h2);
                }

                if (sizeof(TRows) > 4)
                {
                    x = TIsa.Broadcast((T*)(aK + (4 * r)));
                    y = TIsa.Broadcast((T*)(aK + r5));
                    c40 = TIsa.MultiplyAdd(x, b0, c40);
                    c41 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c41) : c41;
                    c50 = TIsa.MultiplyAdd(y, b0, c50);
                    c51 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c51) : c51;
                    h4 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h4);
                }

                if (sizeof(TRows) > 6)
                {
                    x = TIsa.Broadcast((T*)(aK + (2 * r3)));
                    y = TIsa.Broadcast((T*)(aK + r7));
                    c60 = TIsa.MultiplyAdd(x, b0, c60);
                    c61 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(x, b1, c61) : c61;
                    c70 = TIsa.MultiplyAdd(y, b0, c70);
                    c71 = sizeof(TWhole) > 1 ? TIsa.MultiplyAdd(y, b1, c71) : c71;
                    h6 = TIsa.MultiplyAdd(TIsa.Halves(x, y), last, h6);
                }

                aK += aStep;
                bK += bStep;
            }

            TileStore<TIsa, T, TVector, TUpdate> to = new(panel, mask);
            // The odd rows' halves of the shared sums.
            TVector u0 = TIsa.SwapHalves(h0), u2 = TIsa.SwapHalves(h2), u4 = TIsa.SwapHalves(h4), u6 = TIsa.SwapHalves(h6);
            if (sizeof(TUpdate) == sizeof(AddUpdate))
            {
                // From the last row up, as in the other tile.
                T* below = cTile + (sizeof(TRows) * panel.CRow);
                below = sizeof(TRows) > 7 ? AddRow(below - panel.CRow, ref c70, ref c71, ref u6, mask) : below;
                below = sizeof(TRows) > 6 ? AddRow(below - panel.CRow, ref c60, ref c61, ref h6, mask) : below;
                below = sizeof(TRows) > 5 ? AddRow(below - panel.CRow, ref c50, ref c51, ref u4, mask) : below;
                below = sizeof(TRows) > 4 ? AddRow(below - panel.CRow, ref c40, ref c41, ref h4, mask) : below;
                below = sizeof(TRows) > 3 ? AddRow(below - panel.CRow, ref c30, ref c31, ref u2, mask) : below;
                below = sizeof(TRows) > 2 ? AddRow(below - panel.CRow, ref c20, ref c21, ref h2, mask) : below;
                below = AddRow(below - panel.CRow, ref c10, ref c11, ref u0, mask);
                _ = AddRow(below - panel.CRow, ref c00, ref c01, ref h0, mask);
            }

            T* row = cTile;
            nint cRow = panel.CRow;
            StoreRow(row, c00, c01, h0, to);
            row += cRow;
            StoreRow(row, c10, c11, u0, to);
            if (sizeof(TRows) > 2)
            {
                row += cRow;
                StoreRow(row, c20, c21, h2, to);
                row += cRow;
                StoreRow(row, c30, c31, u2, to);
            }

            if (sizeof(TRows) > 4)
            {
                row += cRow;
                StoreRow(row, c40, c41, h4, to);
                row += cRow;
                StoreRow(row, c50, c51, u4, to);
            }

            if (sizeof(TRows) > 6)
            {
                row += cRow;
                StoreRow(row, c60, c61, h6, to);
                row += cRow;
                StoreRow(row, c70, c71, u6, to);
            }

            aTile += sizeof(TRows) * r;
            cTile += sizeof(TRows) * cRow;
        }
    }

    /// <summary>Adds a row of C to its sums; returns the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* AddRow(T* c, ref TVector s0, ref TVector s1, ref TVector last, TVector mask)
    {
        s0 = TIsa.Add(TIsa.Load(c), s0);
        s1 = sizeof(TWhole) > 1 ? TIsa.Add(TIsa.Load(c + TIsa.Count), s1) : s1;
        last = TIsa.Add(TIsa.LoadMasked(c + (sizeof(TWhole) * TIsa.Count), mask), last);
        return c;
    }

    /// <summary>One row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(T* c, TVector s0, TVector s1, TVector last, in TileStore<TIsa, T, TVector, TUpdate> to)
    {
        to.Whole(c, s0);
        if (sizeof(TWhole) > 1)
        {
            to.Whole(c + TIsa.Count, s1);
        }

        to.Masked(c + (sizeof(TWhole) * TIsa.Count), last);
    }
}
