using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>The lower triangle of an n x n matrix by rows, element (j, k) at j (j + 1) / 2 + k: how symmetric measurement matrices are stored.</summary>
internal static class PackedTriangle
{
    /// <summary>n (n + 1) / 2.</summary>
    public static int Length(int size) => checked((int)((long)size * (size + 1) / 2));

    /// <summary>triangle &#8592; (A + A^T) / 2, for A by rows; the diagonal is copied as it is.</summary>
    public static void PackSymmetricPart<T>(ReadOnlySpan<T> full, int size, Span<T> triangle)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (int j = 0, p = 0; j < size; j++)
        {
            for (int k = 0; k < j; k++)
            {
                // Halves first: a sum of two large elements may leave the range.
                triangle[p++] = (half * full[(j * size) + k]) + (half * full[(k * size) + j]);
            }

            triangle[p++] = full[(j * size) + j];
        }
    }

    /// <summary>triangle &#8592; X + X^T beside the diagonal and X on it: the weights that make a dot product of &lt;A, X&gt;.</summary>
    public static void PackSum<T>(ReadOnlyMatrixSpan<T> x, Span<T> triangle)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0, p = 0; j < x.Rows; j++)
        {
            for (int k = 0; k < j; k++)
            {
                triangle[p++] = x[j, k] + x[k, j];
            }

            triangle[p++] = x[j, j];
        }
    }

    /// <summary>The same of a symmetric X of which only the lower triangle is given.</summary>
    public static void PackTwice<T>(ReadOnlyMatrixSpan<T> lower, Span<T> triangle)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < lower.Rows; j++)
        {
            Span<T> destination = triangle.Slice(Length(j), j + 1);
            ReadOnlySpan<T> row = lower.Row(j)[..destination.Length];
            for (int k = 0; k < row.Length; k++)
            {
                destination[k] = row[k] + row[k];
            }

            destination[j] = row[j];
        }
    }

    /// <summary>x &#8592; the symmetric matrix of which the triangle is given.</summary>
    public static void Unpack<T>(ReadOnlySpan<T> triangle, MatrixSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0, p = 0; j < x.Rows; j++)
        {
            for (int k = 0; k <= j; k++, p++)
            {
                x[j, k] = triangle[p];
                x[k, j] = triangle[p];
            }
        }
    }

    /// <summary>Elements beside the diagonal times one number, those on it times another.</summary>
    public static void Scale<T>(Span<T> triangle, int size, T beside, T diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0, p = 0; j < size; j++)
        {
            for (int k = 0; k < j; k++)
            {
                triangle[p++] *= beside;
            }

            triangle[p++] *= diagonal;
        }
    }
}
