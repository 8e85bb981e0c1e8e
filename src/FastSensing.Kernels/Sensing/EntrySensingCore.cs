using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Products with the sampled entries of L R^T: y_e = &lt;L_i, R_j&gt;, P = S R, Q = S^T L for the sparse S that holds z_e
/// at (i, j), and the fused residual with both.
/// </summary>
/// <remarks>
/// Pointers only: no span, throw, allocation or CPU check. The entries are visited once, by rows; what falls to column
/// j is added to row j of Q at once, so no table by columns is needed. Order of every sum: the order of the table.
/// </remarks>
internal static unsafe class EntrySensingCore<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>y_e &#8592; &lt;L_i, R_j&gt;.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(in EntryTable table, in EntryFactors<T> at, T* y)
    {
        for (nint i = 0; i < table.Rows; i++)
        {
            T* left = at.Left + (i * at.Width);
            for (nint e = table.RowStart[i]; e < table.RowStart[i + 1]; e++)
            {
                y[table.Order[e]] = Dot(left, at.Right + (table.Column[e] * at.Width), at.Width);
            }
        }
    }

    /// <summary>P &#8592; S R and Q &#8592; S^T L, where products holds P and Q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adjoint(in EntryTable table, in EntryFactors<T> at, T* z, in EntryFactors<T> products)
    {
        Clear(table, products);
        for (nint i = 0; i < table.Rows; i++)
        {
            nint row = i * at.Width;
            for (nint e = table.RowStart[i]; e < table.RowStart[i + 1]; e++)
            {
                nint column = table.Column[e] * at.Width;
                TVector ze = TIsa.Create(z[table.Order[e]]);
                Axpy(ze, at.Right + column, products.Left + row, at.Width);
                Axpy(ze, at.Left + row, products.Right + column, at.Width);
            }
        }
    }

    /// <summary>residual_e &#8592; &lt;L_i, R_j&gt; - y_e, and the adjoint products of the residual; returns ||residual||^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T ResidualAdjoint(in EntryTable table, in EntryFactors<T> at, T* y, T* residual, in EntryFactors<T> products)
    {
        Clear(table, products);
        T squared = T.Zero;
        for (nint i = 0; i < table.Rows; i++)
        {
            nint row = i * at.Width;
            for (nint e = table.RowStart[i]; e < table.RowStart[i + 1]; e++)
            {
                nint column = table.Column[e] * at.Width;
                int measurement = table.Order[e];
                T difference = Dot(at.Left + row, at.Right + column, at.Width) - y[measurement];
                residual[measurement] = difference;
                squared += difference * difference;
                TVector ze = TIsa.Create(difference);
                Axpy(ze, at.Right + column, products.Left + row, at.Width);
                Axpy(ze, at.Left + row, products.Right + column, at.Width);
            }
        }

        return squared;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot(T* x, T* y, nint width)
    {
        TVector sum = TIsa.Multiply(TIsa.Load(x), TIsa.Load(y));
        for (nint k = TIsa.Count; k < width; k += TIsa.Count)
        {
            sum = TIsa.MultiplyAdd(TIsa.Load(x + k), TIsa.Load(y + k), sum);
        }

        return TIsa.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Axpy(TVector alpha, T* x, T* y, nint width)
    {
        for (nint k = 0; k < width; k += TIsa.Count)
        {
            TIsa.Store(y + k, TIsa.MultiplyAdd(alpha, TIsa.Load(x + k), TIsa.Load(y + k)));
        }
    }

    private static void Clear(in EntryTable table, in EntryFactors<T> products)
    {
        Clear(products.Left, table.Rows * products.Width);
        Clear(products.Right, table.Columns * products.Width);
    }

    private static void Clear(T* p, nint length)
    {
        for (nint k = 0; k < length; k += TIsa.Count)
        {
            TIsa.Store(p + k, TIsa.Zero);
        }
    }
}
