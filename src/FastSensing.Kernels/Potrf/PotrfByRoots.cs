using System.Numerics;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// Cholesky column by column, with rows divided by the roots of pivots only: what is asked before a pivot counts as failed,
/// because an element divided by a tiny pivot may overflow where one divided by its root does not.
/// </summary>
internal static unsafe class PotrfByRoots<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Goes on at column <paramref name="from"/>: the columns before it are those of L, the others are still those of A.</summary>
    /// <param name="from">The first column to do.</param>
    /// <param name="n">Order of A.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="row">Row stride.</param>
    /// <param name="column">Column stride.</param>
    /// <param name="reciprocals">Where the reciprocals of the diagonal of L go, or null.</param>
    /// <returns>INFO.</returns>
    public static int Run(nint from, nint n, T* a, nint row, nint column, T* reciprocals)
    {
        for (nint j = from; j < n; j++)
        {
            T* own = a + (j * row);
            T pivot = Remainder(own, own, j, column);
            if (!(pivot > T.Zero))
            {
                return (int)j + 1;
            }

            T root = T.Sqrt(pivot);
            own[j * column] = root;
            if (reciprocals is not null)
            {
                reciprocals[j] = T.One / root;
            }

            for (nint i = j + 1; i < n; i++)
            {
                T* line = a + (i * row);
                line[j * column] = Remainder(line, own, j, column) / root;
            }
        }

        return 0;
    }

    /// <summary>Element j of a row minus what the columns before take from it.</summary>
    private static T Remainder(T* line, T* own, nint j, nint column)
    {
        T sum = line[j * column];
        for (nint k = 0; k < j; k++)
        {
            sum = PotrfElement<T>.Subtract(sum, line[k * column], own[k * column]);
        }

        return sum;
    }
}
