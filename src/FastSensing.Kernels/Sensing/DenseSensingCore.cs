using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// y = A x, g = A^T z, and the fused res = A x - y, g = A^T res in one pass over A: the drivers of the row block kernels.
/// </summary>
/// <remarks>
/// Pointers only: no span, throw, allocation or CPU check. Nothing may overlap but rows with rows. Results depend on
/// the shape and the instruction set alone.
/// </remarks>
internal static unsafe class DenseSensingCore<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>
    /// Bytes that the fused pass may keep in use (two blocks of rows, x and g) before it falls back to two passes: a
    /// block that has left the cache when it is read again is no gain. Tuned on machines with 1 and 2 MiB of L2.
    /// </summary>
    private const nint FusedWorkingSet = 4 << 20;

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
            rows.LoadCoefficients(z + i, a.Count - i);
            RowBlockKernel<TIsa, T, TVector>.Axpy(rows, g, a.Length);
        }
    }

    /// <summary>residual &#8592; A x - y, g &#8592; A^T residual; returns ||residual||^2.</summary>
    public static T ResidualAdjoint(in RowTable<T> a, T* x, T* y, T* residual, T* g)
    {
        if (((2 * RowBlock<T>.Rows) + 2) * a.Length * sizeof(T) > FusedWorkingSet)
        {
            Forward(a, x, residual);
            T squares = Subtract(y, residual, a.Count);
            Adjoint(a, residual, g);
            return squares;
        }

        Clear(g, a.Length);
        if (a.Count == 0)
        {
            return T.Zero;
        }

        RowBlock<T> previous = new(a, 0);
        RowBlockKernel<TIsa, T, TVector>.Dot(ref previous, x, a.Length);
        T squared = FinishBlock(ref previous, y, residual, a.Count);
        for (nint i = RowBlock<T>.Rows; i < a.Count; i += RowBlock<T>.Rows)
        {
            RowBlock<T> current = new(a, i);
            SkewedRowBlockKernel<TIsa, T, TVector>.DotAxpy(ref current, previous, x, g, a.Length);
            squared += FinishBlock(ref current, y + i, residual + i, a.Count - i);
            previous = current;
        }

        RowBlockKernel<TIsa, T, TVector>.Axpy(previous, g, a.Length);
        return squared;
    }

    /// <summary>Turns a block's products into residuals, its coefficients for the adjoint; returns their sum of squares.</summary>
    private static T FinishBlock(ref RowBlock<T> rows, T* y, T* residual, nint remaining)
    {
        nint count = remaining < RowBlock<T>.Rows ? remaining : RowBlock<T>.Rows;
        rows.StoreProducts(residual, count);
        T squared = Subtract(y, residual, count);
        rows.LoadCoefficients(residual, count);
        return squared;
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
