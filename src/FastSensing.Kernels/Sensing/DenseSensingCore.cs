using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// y = A x, g = A^T z, and the fused res = A x - y, g = A^T res in one pass over A: the drivers of the row block kernel.
/// </summary>
/// <remarks>
/// The fused pass takes four rows from main memory for their products with x and, while they are still in cache, adds
/// them to g: the second read is what a separate adjoint pass would pay in main memory. Measured against it: a loop that
/// computes the products of one block together with the sum of the block before (slower at every size, it keeps ten
/// streams and twice the rows in cache), two rows at a time (slower), and two passes for rows longer than the L2 cache
/// (slower, as the next cache level still serves the second read).
/// Pointers only: no span, throw, allocation or CPU check. Nothing may overlap but rows with rows. Results depend on
/// the shape and the instruction set alone.
/// </remarks>
internal static unsafe class DenseSensingCore<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>y &#8592; A x.</summary>
    public static void Forward(in RowTable<T> a, T* x, T* y)
    {
        for (nint i = 0; i < a.Count; i += RowBlock<T>.Rows)
        {
            RowBlock<T> rows = new(a, i);
            RowBlockKernel<TIsa, T, TVector>.Dot(ref rows, x, a.Length);
            rows.StoreProducts(y + i, a.Count - i);
        }
    }

    /// <summary>g &#8592; A^T z.</summary>
    public static void Adjoint(in RowTable<T> a, T* z, T* g)
    {
        Clear(g, a.Length);
        for (nint i = 0; i < a.Count; i += RowBlock<T>.Rows)
        {
            RowBlock<T> rows = new(a, i);
            Add(a, ref rows, i, z, g);
        }
    }

    /// <summary>residual &#8592; A x - y, g &#8592; A^T residual; returns ||residual||^2.</summary>
    public static T ResidualAdjoint(in RowTable<T> a, T* x, T* y, T* residual, T* g)
    {
        Clear(g, a.Length);
        T squared = T.Zero;
        for (nint i = 0; i < a.Count; i += RowBlock<T>.Rows)
        {
            nint count = nint.Min(RowBlock<T>.Rows, a.Count - i);
            RowBlock<T> rows = new(a, i);
            RowBlockKernel<TIsa, T, TVector>.Dot(ref rows, x, a.Length);
            rows.StoreProducts(residual + i, count);
            squared += Subtract(y + i, residual + i, count);
            Add(a, ref rows, i, residual, g);
        }

        return squared;
    }

    /// <summary>Adds the rows of a block to g. Fewer than four are added one by one: a missing row has no coefficient, not even 0.</summary>
    private static void Add(in RowTable<T> a, ref RowBlock<T> rows, nint first, T* z, T* g)
    {
        if (a.Count - first >= RowBlock<T>.Rows)
        {
            rows.LoadCoefficients(z + first);
            RowBlockKernel<TIsa, T, TVector>.Axpy(rows, g, a.Length);
            return;
        }

        for (nint i = first; i < a.Count; i++)
        {
            Level1Kernel<TIsa, T, TVector>.Axpy(a.Length, z[i], a.Row(i), g);
        }
    }

    private static T Subtract(T* y, T* residual, nint count)
    {
        T squared = T.Zero;
        for (nint i = 0; i < count; i++)
        {
            T difference = residual[i] - y[i];
            residual[i] = difference;
            squared += difference * difference;
        }

        return squared;
    }

    private static void Clear(T* g, nint length)
    {
        for (nint j = 0; j < length; j++)
        {
            g[j] = T.Zero;
        }
    }
}
