using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The tile of products with a thin B: TRows x TColumns sums along K, each in a register of its own, of rows of A with
/// columns of B that both lie contiguous along K.
/// </summary>
/// <remarks>
/// <para>Where <see cref="GemmTile{TIsa, T, TVector, TRows, TColumns, TEdge, TUpdate, TReach}"/> would leave most lanes of its registers of B
/// idle, here every lane works; the price is a sum over the lanes for each element of C.</para>
/// <para>Register budget and loads as there: 8 x 3 or 4 x 3 sums, three registers of B, one of A. With a masked edge the
/// last step along K uses its registers in part.</para>
/// </remarks>
internal static unsafe class GemmDotTile<TIsa, T, TVector, TRows, TColumns, TEdge>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TColumns : unmanaged
    where TEdge : unmanaged
{
    /// <summary>Lines of sums per column of the tile: its rows, and at least as many as are summed at once.</summary>
    private static int Lines => Math.Max(4, sizeof(TRows));

    /// <summary>Sweeps the first <paramref name="tiles"/> tiles of rows of a panel of TColumns columns.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmDotPanel<T> panel, nint tiles)
    {
        TVector last = sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.Mask(panel.K % TIsa.Count) : default;
        nint r = panel.ARow * sizeof(T);
        nint r3 = 3 * r;
        nint r5 = 5 * r;
        nint r7 = 7 * r;
        nint bLine = panel.BLine * sizeof(T);
        byte* aTile = (byte*)panel.A;
        T* c = panel.C;
        T* sums = stackalloc T[3 * Lines * TIsa.Count];
        for (; tiles > 0; tiles--)
        {
            TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c02 = TIsa.Zero;
            TVector c10 = TIsa.Zero, c11 = TIsa.Zero, c12 = TIsa.Zero;
            TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c22 = TIsa.Zero;
            TVector c30 = TIsa.Zero, c31 = TIsa.Zero, c32 = TIsa.Zero;
            TVector c40 = TIsa.Zero, c41 = TIsa.Zero, c42 = TIsa.Zero;
            TVector c50 = TIsa.Zero, c51 = TIsa.Zero, c52 = TIsa.Zero;
            TVector c60 = TIsa.Zero, c61 = TIsa.Zero, c62 = TIsa.Zero;
            TVector c70 = TIsa.Zero, c71 = TIsa.Zero, c72 = TIsa.Zero;

            byte* a = aTile;
            byte* b = (byte*)panel.B;
            TVector mask = sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.Mask(TIsa.Count) : default;
            for (nint k = panel.K; k > 0; k -= TIsa.Count)
            {
                if (sizeof(TEdge) == sizeof(MaskedEdge) && k < TIsa.Count)
                {
                    mask = last;
                }

                TVector b0 = Load(b, mask);
                TVector b1 = sizeof(TColumns) > 1 ? Load(b + bLine, mask) : default;
                TVector b2 = sizeof(TColumns) > 2 ? Load(b + (2 * bLine), mask) : default;
                TVector x = Load(a, mask);
                c00 = TIsa.MultiplyAdd(x, b0, c00);
                c01 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c01) : c01;
                c02 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c02) : c02;

                if (sizeof(TRows) > 1)
                {
                    x = Load(a + r, mask);
                    c10 = TIsa.MultiplyAdd(x, b0, c10);
                    c11 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c11) : c11;
                    c12 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c12) : c12;
                }

                if (sizeof(TRows) > 2)
                {
                    x = Load(a + (2 * r), mask);
                    c20 = TIsa.MultiplyAdd(x, b0, c20);
                    c21 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c21) : c21;
                    c22 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c22) : c22;
                }

                if (sizeof(TRows) > 3)
                {
                    x = Load(a + r3, mask);
                    c30 = TIsa.MultiplyAdd(x, b0, c30);
                    c31 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c31) : c31;
                    c32 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c32) : c32;
                }

                if (sizeof(TRows) > 4)
                {
                    x = Load(a + (4 * r), mask);
                    c40 = TIsa.MultiplyAdd(x, b0, c40);
                    c41 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c41) : c41;
                    c42 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c42) : c42;
                }

                if (sizeof(TRows) > 5)
                {
                    x = Load(a + r5, mask);
                    c50 = TIsa.MultiplyAdd(x, b0, c50);
                    c51 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c51) : c51;
                    c52 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c52) : c52;
                }

                if (sizeof(TRows) > 6)
                {
                    x = Load(a + (2 * r3), mask);
                    c60 = TIsa.MultiplyAdd(x, b0, c60);
                    c61 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c61) : c61;
                    c62 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c62) : c62;
                }

                if (sizeof(TRows) > 7)
                {
                    x = Load(a + r7, mask);
                    c70 = TIsa.MultiplyAdd(x, b0, c70);
                    c71 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(x, b1, c71) : c71;
                    c72 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(x, b2, c72) : c72;
                }

                a += TIsa.Count * sizeof(T);
                b += TIsa.Count * sizeof(T);
            }

            Keep(sums, c00, c01, c02);
            if (sizeof(TRows) > 1)
            {
                Keep(sums + (1 * TIsa.Count), c10, c11, c12);
            }

            if (sizeof(TRows) > 2)
            {
                Keep(sums + (2 * TIsa.Count), c20, c21, c22);
            }

            if (sizeof(TRows) > 3)
            {
                Keep(sums + (3 * TIsa.Count), c30, c31, c32);
            }

            if (sizeof(TRows) > 4)
            {
                Keep(sums + (4 * TIsa.Count), c40, c41, c42);
            }

            if (sizeof(TRows) > 5)
            {
                Keep(sums + (5 * TIsa.Count), c50, c51, c52);
            }

            if (sizeof(TRows) > 6)
            {
                Keep(sums + (6 * TIsa.Count), c60, c61, c62);
            }

            if (sizeof(TRows) > 7)
            {
                Keep(sums + (7 * TIsa.Count), c70, c71, c72);
            }

            Finish(panel, sums, c);
            aTile += sizeof(TRows) * r;
            c += sizeof(TRows) * panel.CRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(byte* p, TVector mask) =>
        sizeof(TEdge) == sizeof(MaskedEdge) ? TIsa.LoadMasked((T*)p, mask) : TIsa.Load((T*)p);

    /// <summary>One row's registers to memory: those of a column of the tile follow each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(T* sums, TVector s0, TVector s1, TVector s2)
    {
        TIsa.Store(sums, s0);
        if (sizeof(TColumns) > 1)
        {
            TIsa.Store(sums + (Lines * TIsa.Count), s1);
        }

        if (sizeof(TColumns) > 2)
        {
            TIsa.Store(sums + (2 * Lines * TIsa.Count), s2);
        }
    }

    /// <summary>C of the tile from its sums.</summary>
    /// <remarks>A method of its own: calls and lane sums beside the loop would have the JIT keep the sums on the stack.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Finish(in GemmDotPanel<T> panel, T* sums, T* c)
    {
        T* four = stackalloc T[4];
        T alpha = panel.Alpha;
        T beta = panel.Beta;
        nint row = panel.CRow;
        for (nint j = 0; j < sizeof(TColumns); j++)
        {
            T* e = c + (j * panel.CColumn);
            for (nint i = 0; i < sizeof(TRows); i += 4)
            {
                TIsa.SumEach(
                    TIsa.Load(sums), TIsa.Load(sums + TIsa.Count), TIsa.Load(sums + (2 * TIsa.Count)), TIsa.Load(sums + (3 * TIsa.Count)), four);
                Put(four, e, row, alpha, beta);
                sums += 4 * TIsa.Count;
                e += 4 * row;
            }
        }
    }

    /// <summary>Up to four elements of a column of C: c &#8592; alpha sum + beta c, without reading c when beta = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* sums, T* c, nint row, T alpha, T beta)
    {
        if (beta != T.Zero)
        {
            for (nint i = 0; i < Math.Min(4, sizeof(TRows)); i++)
            {
                c[i * row] = (alpha * sums[i]) + (beta * c[i * row]);
            }

            return;
        }

        c[0] = alpha * sums[0];
        if (sizeof(TRows) > 1)
        {
            c[row] = alpha * sums[1];
        }

        if (sizeof(TRows) > 2)
        {
            c[2 * row] = alpha * sums[2];
            c[3 * row] = alpha * sums[3];
        }
    }
}
