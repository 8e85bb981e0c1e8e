using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>Copies blocks of A and B into the packing memory, in the layouts that <see cref="GemmPanel{T}"/> describes.</summary>
internal static unsafe class GemmPacking<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>
    /// Copies <paramref name="lines"/> contiguous lines of <paramref name="length"/> elements: a block of A keeps its
    /// orientation, because a broadcasting kernel reads either one equally well.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines(T* source, nint sourceStride, nint lines, nint length, T* destination, nint destinationStride)
    {
        nint whole = length - (length % TIsa.Count);
        TVector mask = whole < length ? TIsa.Mask(length - whole) : default;
        for (nint line = 0; line < lines; line++)
        {
            for (nint i = 0; i < whole; i += TIsa.Count)
            {
                TIsa.Store(destination + i, TIsa.Load(source + i));
            }

            if (whole < length)
            {
                TIsa.StoreMasked(destination + whole, mask, TIsa.LoadMasked(source + whole, mask));
            }

            source += sourceStride;
            destination += destinationStride;
        }
    }

    /// <summary>Packs k x n elements of B into panels of NR columns: element (k, j) of panel p at p K NR + k NR + j.</summary>
    public static void B(T* b, nint rowStride, nint columnStride, nint depth, nint columns, nint nr, T* destination)
    {
        for (nint j = 0; j < columns; j += nr)
        {
            nint width = Math.Min(nr, columns - j);
            if (columnStride == 1)
            {
                Lines(b + j, rowStride, depth, width, destination, nr);
            }
            else if (rowStride == 1)
            {
                Transposed(b + (j * columnStride), columnStride, depth, width, nr, destination);
            }
            else
            {
                General(b + (j * columnStride), rowStride, columnStride, depth, width, destination, nr);
            }

            destination += depth * nr;
        }
    }

    /// <summary>Copies a block with any strides to contiguous rows, element by element.</summary>
    public static void General(T* source, nint rowStride, nint columnStride, nint rows, nint columns, T* destination, nint destinationStride)
    {
        for (nint i = 0; i < rows; i++)
        {
            T* from = source + (i * rowStride);
            for (nint j = 0; j < columns; j++)
            {
                destination[j] = *from;
                from += columnStride;
            }

            destination += destinationStride;
        }
    }

    /// <summary>One panel of a B whose columns are the contiguous lines, transposed block by block.</summary>
    private static void Transposed(T* b, nint columnStride, nint depth, nint width, nint nr, T* destination)
    {
        TransposeBlock<T> block = new() { SourceStride = columnStride, TargetStride = nr };
        for (nint j = 0; j < width; j += TIsa.Count)
        {
            block.Rows = Math.Min(TIsa.Count, width - j);
            for (nint k = 0; k < depth; k += TIsa.Count)
            {
                block.Columns = Math.Min(TIsa.Count, depth - k);
                block.Source = b + (j * columnStride) + k;
                block.Target = destination + (k * nr) + j;
                TIsa.Transpose(block);
            }
        }
    }
}
