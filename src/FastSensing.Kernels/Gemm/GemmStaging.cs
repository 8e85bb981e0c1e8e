using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>C &#8592; S + beta C for a line of a staged product S: the way to C of rows that are cut off or not contiguous.</summary>
internal static unsafe class GemmStaging<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Moves <paramref name="width"/> contiguous elements to a line of C of any stride; at beta = 0 C is not read.</summary>
    public static void Line(T* staged, nint width, T beta, T* c, nint stride)
    {
        if (stride == 1)
        {
            Contiguous(staged, width, beta, c);
            return;
        }

        for (nint j = 0; j < width; j++)
        {
            c[j * stride] = beta == T.Zero ? staged[j] : staged[j] + (beta * c[j * stride]);
        }
    }

    private static void Contiguous(T* staged, nint width, T beta, T* c)
    {
        bool readsC = beta != T.Zero;
        TVector factor = TIsa.Create(beta);
        nint j = 0;
        for (; j <= width - TIsa.Count; j += TIsa.Count)
        {
            TVector v = TIsa.Load(staged + j);
            TIsa.Store(c + j, readsC ? TIsa.MultiplyAdd(factor, TIsa.Load(c + j), v) : v);
        }

        if (j < width)
        {
            TVector mask = TIsa.Mask(width - j);
            TVector v = TIsa.LoadMasked(staged + j, mask);
            TIsa.StoreMasked(c + j, mask, readsC ? TIsa.MultiplyAdd(factor, TIsa.LoadMasked(c + j, mask), v) : v);
        }
    }
}
