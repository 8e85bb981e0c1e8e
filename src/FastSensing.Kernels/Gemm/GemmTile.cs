using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The one tile body of Gemm: TRows x TColumns registers of C stay in registers over the whole K loop; each step loads
/// TColumns registers of B and broadcasts TRows elements of A.
/// </summary>
/// <remarks>
/// <para>Register budget: 8 x 3 fills 32 registers (24 sums, 3 of B, 1 broadcast), 4 x 3 fills 16 (12 + 3 + 1). Per step
/// 8 x 3 does 24 multiply-adds for 11 loads, so two multiply-adds and one load fit in each cycle. Smaller TRows and
/// TColumns are the edges; the JIT drops the sums they exclude.</para>
/// <para>Layout: A by any two strides (rows of the caller, or packed), B with unit column stride (rows of the caller, or
/// packed NR wide). With a masked edge the last register of a row is used in part; panel.N says how far.</para>
/// <para>TUpdate is what becomes of the sums, TReach whether a call computes one tile or sweeps many. The driver uses the
/// general forms; plans, which know both, the ones that fit.</para>
/// </remarks>
internal static unsafe class GemmTile<TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate, TReach>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TColumns : unmanaged
    where TEdge : unmanaged
    where TUpdate : unmanaged
    where TReach : unmanaged
{
    private const int PrefetchDepth = 96;

    /// <summary>Sweeps row tiles of column panels, panel after panel.</summary>
    /// <param name="panel">Depth, strides, factors and the edge; its own sizes and pointers are not looked at.</param>
    /// <param name="a">First row of A.</param>
    /// <param name="b">First element of the first panel of B.</param>
    /// <param name="c">First element of C.</param>
    /// <param name="tiles">Row tiles of sizeof(TRows) rows.</param>
    /// <param name="panels">Column panels of sizeof(TColumns) registers; 1 with a masked edge.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmPanel<T> panel, T* a, T* b, T* c, nint tiles, nint panels)
    {
        TVector mask = sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.Mask(panel.N - ((sizeof(TColumns) - 1) * TIsa.Count)) : default;
        nint r = panel.ARow * sizeof(T);
        nint r3 = 3 * r;
        nint r5 = 5 * r;
        nint r7 = 7 * r;
        nint aStep = panel.AColumn * sizeof(T);
        nint bStep = panel.BRow;

        for (panels = sizeof(TReach) == sizeof(OneTile) ? 1 : panels; panels > 0; panels--)
        {
            byte* aTile = (byte*)a;
            T* cTile = c;
            for (nint tile = sizeof(TReach) == sizeof(OneTile) ? 1 : tiles; tile > 0; tile--)
            {
                // Long sums leave time to fetch C, which a large product finds in no near cache.
                if (sizeof(TReach) == sizeof(ManyTiles) && panel.K >= PrefetchDepth)
                {
                    PrefetchRows(cTile, panel.CRow);
                }

                TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c02 = TIsa.Zero;
                TVector c10 = TIsa.Zero, c11 = TIsa.Zero, c12 = TIsa.Zero;
                TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c22 = TIsa.Zero;
                TVector c30 = TIsa.Zero, c31 = TIsa.Zero, c32 = TIsa.Zero;
                TVector c40 = TIsa.Zero, c41 = TIsa.Zero, c42 = TIsa.Zero;
                TVector c50 = TIsa.Zero, c51 = TIsa.Zero, c52 = TIsa.Zero;
                TVector c60 = TIsa.Zero, c61 = TIsa.Zero, c62 = TIsa.Zero;
                TVector c70 = TIsa.Zero, c71 = TIsa.Zero, c72 = TIsa.Zero;

                byte* aK = aTile;
                T* bK = b;
                for (nint k = panel.K; k != 0; k--)
                {
                    TVector b0 = sizeof(TColumns) == 1 ? LoadLast(bK, mask) : TIsa.Load(bK);
                    TVector b1 = sizeof(TColumns) < 2 ? default : sizeof(TColumns) == 2 ? LoadLast(bK + TIsa.Count, mask) : TIsa.Load(bK + TIsa.Count);
                    TVector b2 = sizeof(TColumns) < 3 ? default : LoadLast(bK + (2 * TIsa.Count), mask);
                    TVector x = TIsa.Broadcast((T*)aK);
                    c00 = TIsa.MultiplyAdd(x, b0, c00);
                    c01 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c01) : c01;
                    c02 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c02) : c02;

                    if (sizeof(TRows) > 1)
                    {
                        x = TIsa.Broadcast((T*)(aK + r));
                        c10 = TIsa.MultiplyAdd(x, b0, c10);
                        c11 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c11) : c11;
                        c12 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c12) : c12;
                    }

                    if (sizeof(TRows) > 2)
                    {
                        x = TIsa.Broadcast((T*)(aK + (2 * r)));
                        c20 = TIsa.MultiplyAdd(x, b0, c20);
                        c21 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c21) : c21;
                        c22 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c22) : c22;
                    }

                    if (sizeof(TRows) > 3)
                    {
                        x = TIsa.Broadcast((T*)(aK + r3));
                        c30 = TIsa.MultiplyAdd(x, b0, c30);
                        c31 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c31) : c31;
                        c32 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c32) : c32;
                    }

                    if (sizeof(TRows) > 4)
                    {
                        x = TIsa.Broadcast((T*)(aK + (4 * r)));
                        c40 = TIsa.MultiplyAdd(x, b0, c40);
                        c41 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c41) : c41;
                        c42 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c42) : c42;
                    }

                    if (sizeof(TRows) > 5)
                    {
                        x = TIsa.Broadcast((T*)(aK + r5));
                        c50 = TIsa.MultiplyAdd(x, b0, c50);
                        c51 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c51) : c51;
                        c52 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c52) : c52;
                    }

                    if (sizeof(TRows) > 6)
                    {
                        x = TIsa.Broadcast((T*)(aK + (2 * r3)));
                        c60 = TIsa.MultiplyAdd(x, b0, c60);
                        c61 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c61) : c61;
                        c62 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c62) : c62;
                    }

                    if (sizeof(TRows) > 7)
                    {
                        x = TIsa.Broadcast((T*)(aK + r7));
                        c70 = TIsa.MultiplyAdd(x, b0, c70);
                        c71 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c71) : c71;
                        c72 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c72) : c72;
                    }

                    aK += aStep;
                    bK += bStep;
                }

                TileStore<TIsa, T, TVector, TUpdate> to = new(panel, mask);
                if (sizeof(TUpdate) == sizeof(AddUpdate))
                {
                    // From the last row up: on the way down the addresses would be kept, in registers that the loop needs.
                    T* below = cTile + (sizeof(TRows) * panel.CRow);
                    below = sizeof(TRows) > 7 ? AddRow(below - panel.CRow, ref c70, ref c71, ref c72, mask) : below;
                    below = sizeof(TRows) > 6 ? AddRow(below - panel.CRow, ref c60, ref c61, ref c62, mask) : below;
                    below = sizeof(TRows) > 5 ? AddRow(below - panel.CRow, ref c50, ref c51, ref c52, mask) : below;
                    below = sizeof(TRows) > 4 ? AddRow(below - panel.CRow, ref c40, ref c41, ref c42, mask) : below;
                    below = sizeof(TRows) > 3 ? AddRow(below - panel.CRow, ref c30, ref c31, ref c32, mask) : below;
                    below = sizeof(TRows) > 2 ? AddRow(below - panel.CRow, ref c20, ref c21, ref c22, mask) : below;
                    below = sizeof(TRows) > 1 ? AddRow(below - panel.CRow, ref c10, ref c11, ref c12, mask) : below;
                    _ = AddRow(below - panel.CRow, ref c00, ref c01, ref c02, mask);
                }

                T* row = cTile;
                nint cRow = panel.CRow;
                StoreRow(row, c00, c01, c02, to);
                if (sizeof(TRows) > 1)
                {
                    row += cRow;
                    StoreRow(row, c10, c11, c12, to);
                }

                if (sizeof(TRows) > 2)
                {
                    row += cRow;
                    StoreRow(row, c20, c21, c22, to);
                }

                if (sizeof(TRows) > 3)
                {
                    row += cRow;
                    StoreRow(row, c30, c31, c32, to);
                }

                if (sizeof(TRows) > 4)
                {
                    row += cRow;
                    StoreRow(row, c40, c41, c42, to);
                }

                if (sizeof(TRows) > 5)
                {
                    row += cRow;
                    StoreRow(row, c50, c51, c52, to);
                }

                if (sizeof(TRows) > 6)
                {
                    row += cRow;
                    StoreRow(row, c60, c61, c62, to);
                }

                if (sizeof(TRows) > 7)
                {
                    row += cRow;
                    StoreRow(row, c70, c71, c72, to);
                }

                if (sizeof(TReach) == sizeof(OneTile))
                {
                    return;
                }

                aTile += sizeof(TRows) * r;
                cTile += sizeof(TRows) * cRow;
            }

            b += panel.BPanel;
            c += sizeof(TColumns) * TIsa.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRows(T* c, nint rowStride)
    {
        for (int i = 0; i < sizeof(TRows); i++)
        {
            TIsa.Prefetch(c);
            TIsa.Prefetch(c + (sizeof(TColumns) * TIsa.Count / 2));
            TIsa.Prefetch(c + (sizeof(TColumns) * TIsa.Count) - 1);
            c += rowStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadLast(T* p, TVector mask) => sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.LoadMasked(p, mask) : TIsa.Load(p);

    /// <summary>Adds a row of C to its sums; returns the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* AddRow(T* c, ref TVector s0, ref TVector s1, ref TVector s2, TVector mask)
    {
        s0 = TIsa.Add(sizeof(TColumns) == 1 ? LoadLast(c, mask) : TIsa.Load(c), s0);
        s1 = sizeof(TColumns) > 1 ? TIsa.Add(sizeof(TColumns) == 2 ? LoadLast(c + TIsa.Count, mask) : TIsa.Load(c + TIsa.Count), s1) : s1;
        s2 = sizeof(TColumns) > 2 ? TIsa.Add(LoadLast(c + (2 * TIsa.Count), mask), s2) : s2;
        return c;
    }

    /// <summary>One row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(T* c, TVector s0, TVector s1, TVector s2, in TileStore<TIsa, T, TVector, TUpdate> to)
    {
        if (sizeof(TColumns) == 1)
        {
            StoreLast(c, s0, to);
            return;
        }

        to.Whole(c, s0);
        if (sizeof(TColumns) == 2)
        {
            StoreLast(c + TIsa.Count, s1, to);
            return;
        }

        to.Whole(c + TIsa.Count, s1);
        StoreLast(c + (2 * TIsa.Count), s2, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLast(T* c, TVector sum, in TileStore<TIsa, T, TVector, TUpdate> to)
    {
        if (sizeof(TEdge) == sizeof(WholeEdge))
        {
            to.Whole(c, sum);
        }
        else
        {
            to.Masked(c, sum);
        }
    }
}
