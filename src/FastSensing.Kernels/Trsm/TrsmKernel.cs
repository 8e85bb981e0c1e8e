using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>
/// Substitution with a triangle of at most 8 rows, vectorised along the right-hand sides: x_i = (b_i - sum_j a_ij x_j) / a_ii.
/// </summary>
/// <remarks>
/// Right-hand sides without unit column stride (the solve from the right) are transposed into a small staging block and
/// back. True divisions, no inverted blocks: NaN and infinities reach what depends on them only.
/// </remarks>
internal static unsafe class TrsmKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public const int LargestOrder = 8;

    /// <summary>Registers of right-hand sides staged at a time: enough that their divisions overlap.</summary>
    private const int StagedRegisters = 8;

    public static void Run(in TrsmArguments<T> t, T* staging)
    {
        if (t.BColumn == 1 || t.M == 1)
        {
            Solve(t);
            return;
        }

        TrsmArguments<T> part = t;
        part.B = staging;
        part.BRow = StagedRegisters * TIsa.Count;
        part.BColumn = 1;
        TrsmArguments<T> columns = t;
        for (nint first = 0; first < t.M; first += part.BRow)
        {
            columns.M = Math.Min(part.BRow, t.M - first);
            columns.B = t.B + (first * t.BColumn);
            part.M = columns.M;
            Load(columns, part);
            Solve(part);
            Save(part, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Solve(in TrsmArguments<T> t)
    {
        bool lower = t.Triangle == Triangle.Lower;
        nint whole = t.M - (t.M % TIsa.Count);
        TVector mask = whole < t.M ? TIsa.Mask(t.M - whole) : default;
        for (nint step = 0; step < t.N; step++)
        {
            nint i = lower ? step : t.N - 1 - step;
            nint from = lower ? 0 : i + 1;
            nint to = lower ? i : t.N;
            T* row = t.A + (i * t.ARow);
            T* x = t.B + (i * t.BRow);
            TVector pivot = TIsa.Broadcast(row + (i * t.AColumn));
            for (nint c = 0; c < whole; c += TIsa.Count)
            {
                TVector v = TIsa.Load(x + c);
                for (nint j = from; j < to; j++)
                {
                    v = TIsa.NegateMultiplyAdd(TIsa.Broadcast(row + (j * t.AColumn)), TIsa.Load(t.B + (j * t.BRow) + c), v);
                }

                TIsa.Store(x + c, TIsa.Divide(v, pivot));
            }

            if (whole < t.M)
            {
                TVector v = TIsa.LoadMasked(x + whole, mask);
                for (nint j = from; j < to; j++)
                {
                    v = TIsa.NegateMultiplyAdd(TIsa.Broadcast(row + (j * t.AColumn)), TIsa.LoadMasked(t.B + (j * t.BRow) + whole, mask), v);
                }

                TIsa.StoreMasked(x + whole, mask, TIsa.Divide(v, pivot));
            }
        }
    }

    /// <summary>Copies the right-hand sides of one solve, in any layout, to those of another with contiguous rows.</summary>
    private static void Load(in TrsmArguments<T> source, in TrsmArguments<T> target)
    {
        if (source.BRow == 1)
        {
            Transpose(source.M, source.N, source.B, source.BColumn, target.B, target.BRow);
            return;
        }

        for (nint i = 0; i < source.N; i++)
        {
            for (nint j = 0; j < source.M; j++)
            {
                target.B[(i * target.BRow) + j] = source.B[(i * source.BRow) + (j * source.BColumn)];
            }
        }
    }

    /// <summary>The way back.</summary>
    private static void Save(in TrsmArguments<T> source, in TrsmArguments<T> target)
    {
        if (target.BRow == 1)
        {
            Transpose(target.N, target.M, source.B, source.BRow, target.B, target.BColumn);
            return;
        }

        for (nint i = 0; i < target.N; i++)
        {
            for (nint j = 0; j < target.M; j++)
            {
                target.B[(i * target.BRow) + (j * target.BColumn)] = source.B[(i * source.BRow) + j];
            }
        }
    }

    private static void Transpose(nint rows, nint columns, T* source, nint sourceStride, T* target, nint targetStride)
    {
        TransposeBlock<T> block = new() { SourceStride = sourceStride, TargetStride = targetStride };
        for (nint i = 0; i < rows; i += TIsa.Count)
        {
            block.Rows = Math.Min(TIsa.Count, rows - i);
            for (nint j = 0; j < columns; j += TIsa.Count)
            {
                block.Columns = Math.Min(TIsa.Count, columns - j);
                block.Source = source + (i * sourceStride) + j;
                block.Target = target + (j * targetStride) + i;
                TIsa.Transpose(block);
            }
        }
    }
}
