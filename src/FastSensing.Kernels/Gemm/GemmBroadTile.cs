using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The tile body of Gemm for 32 registers of 128 bits: TRows x TColumns registers of C stay in registers over the whole
/// K loop; each step loads TColumns registers of B and TRows elements of A.
/// </summary>
/// <remarks>
/// <para>Register budget: 4 x 6 takes 31 of 32 (24 sums, 6 of B, 1 element of A). The 24 sums could also lie as 8 x 3,
/// as they do in <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate, TReach}"/>: but NEON has to load and to spread each
/// element of A, two instructions, and loads B by pairs of registers, so few rows and many columns cost least. Instructions
/// per multiply-add: 8 x 3 2.08, 4 x 6 1.63, and 1.46 where the multiply-add takes the element from its lane.</para>
/// <para>Layout: A by any two strides, B with unit column stride. With a masked edge the last register of a row is used in
/// part; panel.N says how far. Nothing is prefetched: NEON has no such intrinsic.</para>
/// </remarks>
internal static unsafe class GemmBroadTile<TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TColumns : unmanaged
    where TEdge : unmanaged
    where TUpdate : unmanaged
{
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
        nint r2 = 2 * r;
        nint r3 = 3 * r;
        nint aStep = panel.AColumn * sizeof(T);
        nint bStep = panel.BRow;

        for (; panels > 0; panels--)
        {
            byte* aTile = (byte*)a;
            T* cTile = c;
            for (nint tile = tiles; tile > 0; tile--)
            {
                TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c02 = TIsa.Zero, c03 = TIsa.Zero, c04 = TIsa.Zero, c05 = TIsa.Zero;
                TVector c10 = TIsa.Zero, c11 = TIsa.Zero, c12 = TIsa.Zero, c13 = TIsa.Zero, c14 = TIsa.Zero, c15 = TIsa.Zero;
                TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c22 = TIsa.Zero, c23 = TIsa.Zero, c24 = TIsa.Zero, c25 = TIsa.Zero;
                TVector c30 = TIsa.Zero, c31 = TIsa.Zero, c32 = TIsa.Zero, c33 = TIsa.Zero, c34 = TIsa.Zero, c35 = TIsa.Zero;

                byte* aK = aTile;
                T* bK = b;
                for (nint k = panel.K; k != 0; k--)
                {
                    TVector b0 = sizeof(TColumns) == 1 ? LoadLast(bK, mask) : TIsa.Load(bK);
                    TVector b1 = sizeof(TColumns) < 2 ? default : sizeof(TColumns) == 2 ? LoadLast(bK + TIsa.Count, mask) : TIsa.Load(bK + TIsa.Count);
                    TVector b2 = sizeof(TColumns) < 3 ? default : sizeof(TColumns) == 3 ? LoadLast(bK + (2 * TIsa.Count), mask) : TIsa.Load(bK + (2 * TIsa.Count));
                    TVector b3 = sizeof(TColumns) < 4 ? default : sizeof(TColumns) == 4 ? LoadLast(bK + (3 * TIsa.Count), mask) : TIsa.Load(bK + (3 * TIsa.Count));
                    TVector b4 = sizeof(TColumns) < 5 ? default : sizeof(TColumns) == 5 ? LoadLast(bK + (4 * TIsa.Count), mask) : TIsa.Load(bK + (4 * TIsa.Count));
                    TVector b5 = sizeof(TColumns) < 6 ? default : LoadLast(bK + (5 * TIsa.Count), mask);

                    TVector x = TIsa.LoadFactor((T*)aK);
                    c00 = TIsa.MultiplyAddFactor(x, b0, c00);
                    c01 = sizeof(TColumns) > 1 ? TIsa.MultiplyAddFactor(x, b1, c01) : c01;
                    c02 = sizeof(TColumns) > 2 ? TIsa.MultiplyAddFactor(x, b2, c02) : c02;
                    c03 = sizeof(TColumns) > 3 ? TIsa.MultiplyAddFactor(x, b3, c03) : c03;
                    c04 = sizeof(TColumns) > 4 ? TIsa.MultiplyAddFactor(x, b4, c04) : c04;
                    c05 = sizeof(TColumns) > 5 ? TIsa.MultiplyAddFactor(x, b5, c05) : c05;

                    if (sizeof(TRows) > 1)
                    {
                        x = TIsa.LoadFactor((T*)(aK + r));
                        c10 = TIsa.MultiplyAddFactor(x, b0, c10);
                        c11 = sizeof(TColumns) > 1 ? TIsa.MultiplyAddFactor(x, b1, c11) : c11;
                        c12 = sizeof(TColumns) > 2 ? TIsa.MultiplyAddFactor(x, b2, c12) : c12;
                        c13 = sizeof(TColumns) > 3 ? TIsa.MultiplyAddFactor(x, b3, c13) : c13;
                        c14 = sizeof(TColumns) > 4 ? TIsa.MultiplyAddFactor(x, b4, c14) : c14;
                        c15 = sizeof(TColumns) > 5 ? TIsa.MultiplyAddFactor(x, b5, c15) : c15;
                    }

                    if (sizeof(TRows) > 2)
                    {
                        x = TIsa.LoadFactor((T*)(aK + r2));
                        c20 = TIsa.MultiplyAddFactor(x, b0, c20);
                        c21 = sizeof(TColumns) > 1 ? TIsa.MultiplyAddFactor(x, b1, c21) : c21;
                        c22 = sizeof(TColumns) > 2 ? TIsa.MultiplyAddFactor(x, b2, c22) : c22;
                        c23 = sizeof(TColumns) > 3 ? TIsa.MultiplyAddFactor(x, b3, c23) : c23;
                        c24 = sizeof(TColumns) > 4 ? TIsa.MultiplyAddFactor(x, b4, c24) : c24;
                        c25 = sizeof(TColumns) > 5 ? TIsa.MultiplyAddFactor(x, b5, c25) : c25;
                    }

                    if (sizeof(TRows) > 3)
                    {
                        x = TIsa.LoadFactor((T*)(aK + r3));
                        c30 = TIsa.MultiplyAddFactor(x, b0, c30);
                        c31 = sizeof(TColumns) > 1 ? TIsa.MultiplyAddFactor(x, b1, c31) : c31;
                        c32 = sizeof(TColumns) > 2 ? TIsa.MultiplyAddFactor(x, b2, c32) : c32;
                        c33 = sizeof(TColumns) > 3 ? TIsa.MultiplyAddFactor(x, b3, c33) : c33;
                        c34 = sizeof(TColumns) > 4 ? TIsa.MultiplyAddFactor(x, b4, c34) : c34;
                        c35 = sizeof(TColumns) > 5 ? TIsa.MultiplyAddFactor(x, b5, c35) : c35;
                    }

                    aK += aStep;
                    bK += bStep;
                }

                TileStore<TIsa, T, TVector, TUpdate> to = new(panel, mask);
                T* row = cTile;
                Store(row, 0, c00, mask, to);
                Store(row, 1, c01, mask, to);
                Store(row, 2, c02, mask, to);
                Store(row, 3, c03, mask, to);
                Store(row, 4, c04, mask, to);
                Store(row, 5, c05, mask, to);

                if (sizeof(TRows) > 1)
                {
                    row += panel.CRow;
                    Store(row, 0, c10, mask, to);
                    Store(row, 1, c11, mask, to);
                    Store(row, 2, c12, mask, to);
                    Store(row, 3, c13, mask, to);
                    Store(row, 4, c14, mask, to);
                    Store(row, 5, c15, mask, to);
                }

                if (sizeof(TRows) > 2)
                {
                    row += panel.CRow;
                    Store(row, 0, c20, mask, to);
                    Store(row, 1, c21, mask, to);
                    Store(row, 2, c22, mask, to);
                    Store(row, 3, c23, mask, to);
                    Store(row, 4, c24, mask, to);
                    Store(row, 5, c25, mask, to);
                }

                if (sizeof(TRows) > 3)
                {
                    row += panel.CRow;
                    Store(row, 0, c30, mask, to);
                    Store(row, 1, c31, mask, to);
                    Store(row, 2, c32, mask, to);
                    Store(row, 3, c33, mask, to);
                    Store(row, 4, c34, mask, to);
                    Store(row, 5, c35, mask, to);
                }

                aTile += sizeof(TRows) * r;
                cTile += sizeof(TRows) * panel.CRow;
            }

            b += panel.BPanel;
            c += sizeof(TColumns) * TIsa.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadLast(T* p, TVector mask) => sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.LoadMasked(p, mask) : TIsa.Load(p);

    /// <summary>Register number <paramref name="at"/> of a row that begins at <paramref name="c"/>, where the tile is that wide.</summary>
    /// <remarks>C is added here, row by row: there are no masked stores that a later load of C would wait for.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* c, int at, TVector sum, TVector mask, in TileStore<TIsa, T, TVector, TUpdate> to)
    {
        if (at >= sizeof(TColumns))
        {
            return;
        }

        c += at * TIsa.Count;
        if (sizeof(TEdge) == sizeof(MaskedEdge) && at == sizeof(TColumns) - 1)
        {
            to.Masked(c, sizeof(TUpdate) == sizeof(AddUpdate) ? TIsa.Add(TIsa.LoadMasked(c, mask), sum) : sum);
        }
        else
        {
            to.Whole(c, sizeof(TUpdate) == sizeof(AddUpdate) ? TIsa.Add(TIsa.Load(c), sum) : sum);
        }
    }
}
