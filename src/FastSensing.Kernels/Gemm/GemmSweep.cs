using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// One call of a tile body in a plan: Tiles x Panels tiles of one shape, where they lie in the three operands, and the
/// body compiled for that shape. The static methods run a planned product: they pin the operands, so that the plan's own
/// part is small enough to be inlined where it is called.
/// </summary>
internal unsafe struct GemmSweep<T>
    where T : unmanaged
{
    /// <summary>Depth, strides, factors and the edge.</summary>
    public GemmPanel<T> Panel;

    /// <summary>Offset of the first tile in A, in elements.</summary>
    public nint A;

    /// <summary>Offset of the first panel in B.</summary>
    public nint B;

    /// <summary>Offset of the first tile in C.</summary>
    public nint C;

    public nint Tiles;
    public nint Panels;
    public delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Body;

    /// <summary>In the first sweep of a product: how many there are, one behind the other.</summary>
    public nint Count;

    /// <summary>Computes a product of one sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOne(in GemmSweep<T> only, ref T a, ref T b, ref T c)
    {
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            only.Body(only.Panel, pa, pb, pc, only.Tiles, only.Panels);
        }
    }

    /// <summary>Computes a product of several sweeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunAll(in GemmSweep<T> first, ref T a, ref T b, ref T c)
    {
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            ref GemmSweep<T> sweep = ref Unsafe.AsRef(in first);
            for (nint left = first.Count; left > 0; left--)
            {
                sweep.Body(sweep.Panel, pa + sweep.A, pb + sweep.B, pc + sweep.C, sweep.Tiles, sweep.Panels);
                sweep = ref Unsafe.Add(ref sweep, 1);
            }
        }
    }

    /// <summary>The same of a product that was planned transposed, C^T &#8592; alpha B^T A^T + beta C^T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunAllTransposed(in GemmSweep<T> first, ref T a, ref T b, ref T c) => RunAll(first, ref b, ref a, ref c);
}
