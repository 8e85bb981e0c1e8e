using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>
/// TRows rows of a solve L X = B, or of a factorisation, for TColumns registers of columns: what the rows above have left
/// to do to them, then the diagonal block's own step, all in registers, and one store.
/// </summary>
/// <remarks>
/// <para>4 x 3 registers: a step of the sum takes 12 multiply-adds for 7 loads and fits into 16 registers.</para>
/// <para>A factorisation holds L^T: lanes are rows of L. From pivot to pivot it takes a division and a multiply-add; roots
/// and scaling are off that chain.</para>
/// </remarks>
internal static unsafe class TriangleTile<TIsa, T, TVector, TRows, TColumns, TStep>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TRows : unmanaged
    where TColumns : unmanaged
    where TStep : unmanaged
{
    /// <summary>Rows first..first + TRows.</summary>
    /// <returns>0, or the 1-based row of this tile whose pivot is not positive or is NaN; the rows before it are finished.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run(in TrianglePanel<T> p, nint first)
    {
        nint step = p.BRow;
        T* x = p.B + (first * step);
        TVector c00 = TIsa.Zero, c01 = TIsa.Zero, c02 = TIsa.Zero;
        TVector c10 = TIsa.Zero, c11 = TIsa.Zero, c12 = TIsa.Zero;
        TVector c20 = TIsa.Zero, c21 = TIsa.Zero, c22 = TIsa.Zero;
        TVector c30 = TIsa.Zero, c31 = TIsa.Zero, c32 = TIsa.Zero;

        nint row = p.ARow * sizeof(T);
        nint row3 = 3 * row;
        nint column = p.AColumn * sizeof(T);
        byte* a = (byte*)p.A + (first * row);
        T* b = p.B;
        TVector f;
        for (nint k = first; k > 0; k--)
        {
            TVector b0 = TIsa.Load(b);
            TVector b1 = sizeof(TColumns) > 1 ? TIsa.Load(b + TIsa.Count) : default;
            TVector b2 = sizeof(TColumns) > 2 ? TIsa.Load(b + (2 * TIsa.Count)) : default;
            f = TIsa.Broadcast((T*)a);
            c00 = TIsa.MultiplyAdd(f, b0, c00);
            c01 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(f, b1, c01) : c01;
            c02 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(f, b2, c02) : c02;
            if (sizeof(TRows) > 1)
            {
                f = TIsa.Broadcast((T*)(a + row));
                c10 = TIsa.MultiplyAdd(f, b0, c10);
                c11 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(f, b1, c11) : c11;
                c12 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(f, b2, c12) : c12;
            }

            if (sizeof(TRows) > 2)
            {
                f = TIsa.Broadcast((T*)(a + (2 * row)));
                c20 = TIsa.MultiplyAdd(f, b0, c20);
                c21 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(f, b1, c21) : c21;
                c22 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(f, b2, c22) : c22;
                f = TIsa.Broadcast((T*)(a + row3));
                c30 = TIsa.MultiplyAdd(f, b0, c30);
                c31 = sizeof(TColumns) > 1 ? TIsa.MultiplyAdd(f, b1, c31) : c31;
                c32 = sizeof(TColumns) > 2 ? TIsa.MultiplyAdd(f, b2, c32) : c32;
            }

            a += column;
            b += step;
        }

        // The sum is taken from the tile at once: no sign has to be turned within the loop.
        TVector one = TIsa.Create(T.One);
        c00 = TIsa.NegateMultiplyAdd(one, c00, TIsa.Load(x));
        c01 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(one, c01, TIsa.Load(x + TIsa.Count)) : c01;
        c02 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(one, c02, TIsa.Load(x + (2 * TIsa.Count))) : c02;
        c10 = sizeof(TRows) > 1 ? TIsa.NegateMultiplyAdd(one, c10, TIsa.Load(x + step)) : c10;
        c11 = sizeof(TRows) > 1 && sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(one, c11, TIsa.Load(x + step + TIsa.Count)) : c11;
        c12 = sizeof(TRows) > 1 && sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(one, c12, TIsa.Load(x + step + (2 * TIsa.Count))) : c12;
        c20 = sizeof(TRows) > 2 ? TIsa.NegateMultiplyAdd(one, c20, TIsa.Load(x + (2 * step))) : c20;
        c21 = sizeof(TRows) > 2 && sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(one, c21, TIsa.Load(x + (2 * step) + TIsa.Count)) : c21;
        c22 = sizeof(TRows) > 2 && sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(one, c22, TIsa.Load(x + (2 * step) + (2 * TIsa.Count))) : c22;
        c30 = sizeof(TRows) > 3 ? TIsa.NegateMultiplyAdd(one, c30, TIsa.Load(x + (3 * step))) : c30;
        c31 = sizeof(TRows) > 3 && sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(one, c31, TIsa.Load(x + (3 * step) + TIsa.Count)) : c31;
        c32 = sizeof(TRows) > 3 && sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(one, c32, TIsa.Load(x + (3 * step) + (2 * TIsa.Count))) : c32;

        // Row after row: its pivot, and what it does to the rows behind it. a is at the pivot's column.
        T* scale = p.Reciprocals + first;
        T* own = p.Scratch + p.Lane;
        TVector line;
        if (sizeof(TStep) == sizeof(FactoringStep))
        {
            line = Begin(c00, p.Scratch, own);
            if (!(own[0] > T.Zero))
            {
                return 1;
            }
        }
        else
        {
            c00 = line = Finish(c00, scale, a);
            c01 = sizeof(TColumns) > 1 ? Finish(c01, scale, a) : c01;
            c02 = sizeof(TColumns) > 2 ? Finish(c02, scale, a) : c02;
        }

        if (sizeof(TRows) > 1)
        {
            f = Coefficient(own + 1, a + row);
            c10 = TIsa.NegateMultiplyAdd(f, line, c10);
            f = Multiplier(f, own + 1);
            c11 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c01, c11) : c11;
            c12 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c02, c12) : c12;
        }

        if (sizeof(TRows) > 2)
        {
            f = Coefficient(own + 2, a + (2 * row));
            c20 = TIsa.NegateMultiplyAdd(f, line, c20);
            f = Multiplier(f, own + 2);
            c21 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c01, c21) : c21;
            c22 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c02, c22) : c22;
            f = Coefficient(own + 3, a + row3);
            c30 = TIsa.NegateMultiplyAdd(f, line, c30);
            f = Multiplier(f, own + 3);
            c31 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c01, c31) : c31;
            c32 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c02, c32) : c32;
        }

        Store(c00, c01, c02, x, own, scale, p.Lane);
        if (sizeof(TRows) > 1)
        {
            a += column;
            x += step;
            if (sizeof(TStep) == sizeof(FactoringStep))
            {
                line = Begin(c10, p.Scratch, own + 1);
                if (!(own[1] > T.Zero))
                {
                    return 2;
                }
            }
            else
            {
                c10 = line = Finish(c10, scale + 1, a + row);
                c11 = sizeof(TColumns) > 1 ? Finish(c11, scale + 1, a + row) : c11;
                c12 = sizeof(TColumns) > 2 ? Finish(c12, scale + 1, a + row) : c12;
            }

            if (sizeof(TRows) > 2)
            {
                f = Coefficient(own + 2, a + (2 * row));
                c20 = TIsa.NegateMultiplyAdd(f, line, c20);
                f = Multiplier(f, own + 2);
                c21 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c11, c21) : c21;
                c22 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c12, c22) : c22;
                f = Coefficient(own + 3, a + row3);
                c30 = TIsa.NegateMultiplyAdd(f, line, c30);
                f = Multiplier(f, own + 3);
                c31 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c11, c31) : c31;
                c32 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c12, c32) : c32;
            }

            Store(c10, c11, c12, x, own + 1, scale + 1, p.Lane + 1);
        }

        if (sizeof(TRows) > 2)
        {
            a += column;
            x += step;
            if (sizeof(TStep) == sizeof(FactoringStep))
            {
                line = Begin(c20, p.Scratch, own + 2);
                if (!(own[2] > T.Zero))
                {
                    return 3;
                }
            }
            else
            {
                c20 = line = Finish(c20, scale + 2, a + (2 * row));
                c21 = sizeof(TColumns) > 1 ? Finish(c21, scale + 2, a + (2 * row)) : c21;
                c22 = sizeof(TColumns) > 2 ? Finish(c22, scale + 2, a + (2 * row)) : c22;
            }

            f = Coefficient(own + 3, a + row3);
            c30 = TIsa.NegateMultiplyAdd(f, line, c30);
            f = Multiplier(f, own + 3);
            c31 = sizeof(TColumns) > 1 ? TIsa.NegateMultiplyAdd(f, c21, c31) : c31;
            c32 = sizeof(TColumns) > 2 ? TIsa.NegateMultiplyAdd(f, c22, c32) : c32;
            Store(c20, c21, c22, x, own + 2, scale + 2, p.Lane + 2);
        }

        if (sizeof(TRows) > 3)
        {
            a += column;
            x += step;
            if (sizeof(TStep) == sizeof(FactoringStep))
            {
                line = Begin(c30, p.Scratch, own + 3);
                if (!(own[3] > T.Zero))
                {
                    return 4;
                }
            }
            else
            {
                c30 = line = Finish(c30, scale + 3, a + row3);
                c31 = sizeof(TColumns) > 1 ? Finish(c31, scale + 3, a + row3) : c31;
                c32 = sizeof(TColumns) > 2 ? Finish(c32, scale + 3, a + row3) : c32;
            }

            Store(c30, c31, c32, x, own + 3, scale + 3, p.Lane + 3);
        }

        return 0;
    }

    /// <summary>Lays down the diagonal block's register of an unscaled row, for its elements to be broadcast, and divides it by the pivot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin(TVector row, T* scratch, T* pivot)
    {
        TIsa.Store(scratch, row);
        TVector line = TIsa.Divide(row, TIsa.Broadcast(pivot));
        if (sizeof(TColumns) > 1)
        {
            TIsa.Store(scratch + TIsa.Count, line);
        }

        return line;
    }

    /// <summary>The pivot's part of a solve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish(TVector row, T* reciprocal, byte* pivot) => sizeof(TStep) == sizeof(MultiplyingStep)
        ? TIsa.Multiply(row, TIsa.Broadcast(reciprocal))
        : TIsa.Divide(row, TIsa.Broadcast((T*)pivot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Coefficient(T* unscaled, byte* a) => TIsa.Broadcast(sizeof(TStep) == sizeof(FactoringStep) ? unscaled : (T*)a);

    /// <summary>
    /// The factor of the registers behind the first. A factorisation takes the divided coefficient and the unscaled row, and
    /// spares their divisions; the first register has the shortest way to the next pivot.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Multiplier(TVector coefficient, T* unscaled) =>
        sizeof(TStep) == sizeof(FactoringStep) && sizeof(TColumns) > 1 ? TIsa.Broadcast(unscaled + TIsa.Count) : coefficient;

    /// <summary>Stores a finished row; in a factorisation, scaled by the reciprocal root of its pivot, which is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector c0, TVector c1, TVector c2, T* x, T* pivot, T* reciprocal, nint lane)
    {
        if (sizeof(TStep) == sizeof(FactoringStep))
        {
            T scale = T.One / T.Sqrt(*pivot);
            *reciprocal = scale;
            TVector factor = TIsa.Create(scale);
            c0 = TIsa.Multiply(c0, factor);
            c1 = sizeof(TColumns) > 1 ? TIsa.Multiply(c1, factor) : c1;
            c2 = sizeof(TColumns) > 2 ? TIsa.Multiply(c2, factor) : c2;
        }

        TIsa.Store(x, c0);
        if (sizeof(TColumns) > 1)
        {
            TIsa.Store(x + TIsa.Count, c1);
        }

        if (sizeof(TColumns) > 2)
        {
            TIsa.Store(x + (2 * TIsa.Count), c2);
        }

        // Only an infinite pivot times its reciprocal root is not its root.
        if (sizeof(TStep) == sizeof(FactoringStep) && *pivot == T.PositiveInfinity)
        {
            x[lane] = *pivot;
        }
    }
}
