using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>Rows of a lower triangle to the rows of a panel, transposed, and back; nothing above the diagonal is touched.</summary>
internal static unsafe class PotrfStaging<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private static nint Width => TriangleSweep<TIsa, T, TVector>.LargestRegisters * TIsa.Count;

    /// <summary>There.</summary>
    public static void Load(in PotrfRows<T> rows)
    {
        if (rows.Column == 1)
        {
            for (nint i = 0; i < rows.Count; i += TIsa.Count)
            {
                nint count = Math.Min(TIsa.Count, rows.Count - i);
                nint diagonal = rows.First + i;
                T* source = rows.A + (i * rows.Row);
                TrsmStaging<TIsa, T, TVector>.Transpose(count, diagonal, source, rows.Row, rows.Panel + i, Width);
                LoadTriangle(source + diagonal, rows.Row, count, rows.Image);
                Square(rows.Image, TIsa.Count, rows.Panel + (diagonal * Width) + i, Width);
            }

            return;
        }

        for (nint k = 0; k < rows.First + rows.Count; k++)
        {
            nint lane = Math.Max(0, k - rows.First);
            T* source = rows.A + (lane * rows.Row) + (k * rows.Column);
            T* target = rows.Panel + (k * Width) + lane;
            if (rows.Row == 1)
            {
                TrsmStaging<TIsa, T, TVector>.Line(source, target, rows.Count - lane);
                continue;
            }

            for (nint i = 0; i < rows.Count - lane; i++)
            {
                target[i] = source[i * rows.Row];
            }
        }
    }

    /// <summary>The way back, for the first <paramref name="columns"/> columns of the triangle.</summary>
    public static void Save(in PotrfRows<T> rows, nint columns)
    {
        if (rows.Column == 1)
        {
            for (nint i = 0; i < rows.Count; i += TIsa.Count)
            {
                nint count = Math.Min(TIsa.Count, rows.Count - i);
                nint diagonal = rows.First + i;
                T* target = rows.A + (i * rows.Row);
                TrsmStaging<TIsa, T, TVector>.Transpose(Math.Min(diagonal, columns), count, rows.Panel + i, Width, target, rows.Row);
                if (columns > diagonal)
                {
                    Square(rows.Panel + (diagonal * Width) + i, Width, rows.Image, TIsa.Count);
                    SaveTriangle(rows.Image, target + diagonal, rows.Row, count, columns - diagonal);
                }
            }

            return;
        }

        for (nint k = 0; k < Math.Min(columns, rows.First + rows.Count); k++)
        {
            nint lane = Math.Max(0, k - rows.First);
            T* source = rows.Panel + (k * Width) + lane;
            T* target = rows.A + (lane * rows.Row) + (k * rows.Column);
            if (rows.Row == 1)
            {
                TrsmStaging<TIsa, T, TVector>.Line(source, target, rows.Count - lane);
                continue;
            }

            for (nint i = 0; i < rows.Count - lane; i++)
            {
                target[i * rows.Row] = source[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadTriangle(T* a, nint row, nint count, T* image)
    {
        for (nint i = 0; i < count; i++)
        {
            TIsa.Store(image, TIsa.LoadMasked(a, TIsa.Mask(i + 1)));
            a += row;
            image += TIsa.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SaveTriangle(T* image, T* a, nint row, nint count, nint columns)
    {
        for (nint i = 0; i < count; i++)
        {
            TIsa.StoreMasked(a, TIsa.Mask(Math.Min(i + 1, columns)), TIsa.Load(image));
            a += row;
            image += TIsa.Count;
        }
    }

    /// <summary>A whole square; what the triangle leaves undefined in it is never used.</summary>
    private static void Square(T* source, nint sourceStride, T* target, nint targetStride)
    {
        TransposeBlock<T> block = new()
        {
            Source = source,
            SourceStride = sourceStride,
            Rows = TIsa.Count,
            Columns = TIsa.Count,
            Target = target,
            TargetStride = targetStride,
        };
        TIsa.Transpose(block);
    }
}
