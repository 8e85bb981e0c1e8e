using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// Cholesky of a block of at most 16 rows, on a dense staging tile that holds the transpose of the lower triangle: row j
/// of the tile becomes column j of L, contiguous, so that scaling it and subtracting it from the rows below are register
/// operations.
/// </summary>
/// <remarks>
/// Row i &#8592; row i - a_ji (row j / pivot_j): from pivot to pivot it takes a division and a multiply-add. The square
/// roots only scale finished rows and are off that chain. A row divided by a tiny pivot may overflow where one divided by
/// its root does not; that ends as a failed pivot, so a block that fails is factored again by roots before it counts.
/// </remarks>
internal static unsafe class PotrfKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public const int LargestOrder = 16;

    private const int Area = LargestOrder * LargestOrder;

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>.</summary>
    public static int Run(nint n, T* a, nint row, nint column, T* staging)
    {
        T* tile = staging;
        T* image = staging + Area;
        T* line = image + Area;
        bool contiguousRows = column == 1;
        if (contiguousRows)
        {
            LoadRows(n, a, row, image);
            Transpose(n, image, tile);
        }
        else
        {
            Load(n, a, row, column, tile);
        }

        int info = Factor(n, tile, line);
        if (info != 0)
        {
            Load(n, a, row, column, tile);
            info = FactorByRoots(n, tile);
        }

        if (contiguousRows && info == 0)
        {
            Transpose(n, tile, image);
            SaveRows(n, image, a, row);
        }
        else
        {
            Save(n, info == 0 ? n : info - 1, tile, a, row, column);
        }

        return info;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Factor(nint n, T* tile, T* line)
    {
        for (nint j = 0; j < n; j++)
        {
            T* pivotRow = tile + (j * LargestOrder);
            T pivot = pivotRow[j];
            if (!(pivot > T.Zero))
            {
                return (int)j + 1;
            }

            // Registers begin at or before the diagonal: what lies there is never read.
            TVector divisor = TIsa.Create(pivot);
            for (nint k = j / TIsa.Count * TIsa.Count; k < n; k += TIsa.Count)
            {
                TIsa.Store(line + k, TIsa.Divide(TIsa.Load(pivotRow + k), divisor));
            }

            for (nint i = j + 1; i < n; i++)
            {
                TVector factor = TIsa.Broadcast(pivotRow + i);
                for (nint k = i / TIsa.Count * TIsa.Count; k < n; k += TIsa.Count)
                {
                    T* target = tile + (i * LargestOrder) + k;
                    TIsa.Store(target, TIsa.NegateMultiplyAdd(factor, TIsa.Load(line + k), TIsa.Load(target)));
                }
            }

            T root = T.Sqrt(pivot);
            TVector scale = TIsa.Create(T.One / root);
            for (nint k = j / TIsa.Count * TIsa.Count; k < n; k += TIsa.Count)
            {
                TIsa.Store(pivotRow + k, TIsa.Multiply(TIsa.Load(pivotRow + k), scale));
            }

            pivotRow[j] = root;
        }

        return 0;
    }

    /// <summary>As <see cref="Factor"/>, element by element and in the order of the textbook: l_ij = (a_ij - sum l_ip l_jp) / l_jj.</summary>
    private static int FactorByRoots(nint n, T* tile)
    {
        for (nint j = 0; j < n; j++)
        {
            T* column = tile + (j * LargestOrder);
            for (nint i = j; i < n; i++)
            {
                T rest = column[i];
                for (T* before = tile; before < column; before += LargestOrder)
                {
                    rest -= before[i] * before[j];
                }

                if (i > j)
                {
                    column[i] = rest / column[j];
                }
                else if (rest > T.Zero)
                {
                    column[j] = T.Sqrt(rest);
                }
                else
                {
                    return (int)j + 1;
                }
            }
        }

        return 0;
    }

    /// <summary>Row i of the lower triangle, i + 1 elements, to row i of the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadRows(nint n, T* a, nint row, T* image)
    {
        for (nint i = 0; i < n; i++)
        {
            T* from = a + (i * row);
            T* to = image + (i * LargestOrder);
            nint last = i / TIsa.Count * TIsa.Count;
            for (nint k = 0; k < last; k += TIsa.Count)
            {
                TIsa.Store(to + k, TIsa.Load(from + k));
            }

            TIsa.Store(to + last, TIsa.LoadMasked(from + last, TIsa.Mask(i + 1 - last)));
        }
    }

    /// <summary>Row i of the image, i + 1 elements, to row i of the lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SaveRows(nint n, T* image, T* a, nint row)
    {
        for (nint i = 0; i < n; i++)
        {
            T* from = image + (i * LargestOrder);
            T* to = a + (i * row);
            nint last = i / TIsa.Count * TIsa.Count;
            for (nint k = 0; k < last; k += TIsa.Count)
            {
                TIsa.Store(to + k, TIsa.Load(from + k));
            }

            TIsa.StoreMasked(to + last, TIsa.Mask(i + 1 - last), TIsa.Load(from + last));
        }
    }

    private static void Load(nint n, T* a, nint row, nint column, T* tile)
    {
        for (nint j = 0; j < n; j++)
        {
            for (nint i = j; i < n; i++)
            {
                tile[(j * LargestOrder) + i] = a[(i * row) + (j * column)];
            }
        }
    }

    private static void Save(nint n, nint columns, T* tile, T* a, nint row, nint column)
    {
        for (nint j = 0; j < columns; j++)
        {
            for (nint i = j; i < n; i++)
            {
                a[(i * row) + (j * column)] = tile[(j * LargestOrder) + i];
            }
        }
    }

    /// <summary>The whole squares of the tile's width that n needs; what is left over in them is never read.</summary>
    private static void Transpose(nint n, T* source, T* target)
    {
        TransposeBlock<T> block = new() { SourceStride = LargestOrder, TargetStride = LargestOrder, Rows = TIsa.Count, Columns = TIsa.Count };
        for (nint i = 0; i < n; i += TIsa.Count)
        {
            for (nint j = 0; j < n; j += TIsa.Count)
            {
                block.Source = source + (i * LargestOrder) + j;
                block.Target = target + (j * LargestOrder) + i;
                TIsa.Transpose(block);
            }
        }
    }
}
