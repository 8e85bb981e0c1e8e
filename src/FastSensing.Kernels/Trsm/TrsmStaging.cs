using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>Copies right-hand sides of any layout to a panel with contiguous rows, and back.</summary>
internal static unsafe class TrsmStaging<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>There.</summary>
    public static void Load(in TrsmColumns<T> from, T* panel, nint width)
    {
        if (from.Row == 1)
        {
            Transpose(from.M, from.N, from.B, from.Column, panel, width);
            return;
        }

        for (nint i = 0; i < from.N; i++)
        {
            T* source = from.B + (i * from.Row);
            T* target = panel + (i * width);
            if (from.Column == 1)
            {
                Line(source, target, from.M);
                continue;
            }

            for (nint j = 0; j < from.M; j++)
            {
                target[j] = source[j * from.Column];
            }
        }
    }

    /// <summary>The way back.</summary>
    public static void Save(T* panel, nint width, in TrsmColumns<T> to)
    {
        if (to.Row == 1)
        {
            Transpose(to.N, to.M, panel, width, to.B, to.Column);
            return;
        }

        for (nint i = 0; i < to.N; i++)
        {
            T* source = panel + (i * width);
            T* target = to.B + (i * to.Row);
            if (to.Column == 1)
            {
                Line(source, target, to.M);
                continue;
            }

            for (nint j = 0; j < to.M; j++)
            {
                target[j * to.Column] = source[j];
            }
        }
    }

    /// <summary>Copies contiguous elements, at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(T* source, T* target, nint count)
    {
        nint i = 0;
        for (; i + TIsa.Count <= count; i += TIsa.Count)
        {
            TIsa.Store(target + i, TIsa.Load(source + i));
        }

        if (i < count)
        {
            TVector mask = TIsa.Mask(count - i);
            TIsa.StoreMasked(target + i, mask, TIsa.LoadMasked(source + i, mask));
        }
    }

    /// <summary>target[j, i] = source[i, j] for rows and columns of any number.</summary>
    public static void Transpose(nint rows, nint columns, T* source, nint sourceStride, T* target, nint targetStride)
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
