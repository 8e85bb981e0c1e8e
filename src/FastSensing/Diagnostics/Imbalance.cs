using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Diagnostics;

/// <summary>D = L^T L - R^T R: zero for balanced factors, conserved by gradient flow, changed by O(eta^2) a step by gradient descent.</summary>
public static class Imbalance
{
    /// <summary>D &#8592; L^T L - R^T R.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <param name="difference">k x k, overwritten.</param>
    /// <remarks>Cost: 2 (n1 + n2) k^2 flops. Allocation: none.</remarks>
    public static void Compute<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> difference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = left.Columns;
        if (right.Columns != width || difference.Rows != width || difference.Columns != width)
        {
            throw new ArgumentException(
                $"L is {left.Rows} x {width}, R is {right.Rows} x {right.Columns} and D {difference.Rows} x {difference.Columns}; D must be k x k.",
                nameof(difference));
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T value = ColumnProduct(left, i, j) - ColumnProduct(right, i, j);
                difference[i, j] = value;
                difference[j, i] = value;
            }
        }
    }

    private static T ColumnProduct<T>(ReadOnlyMatrixSpan<T> matrix, int i, int j)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int row = 0; row < matrix.Rows; row++)
        {
            sum += matrix[row, i] * matrix[row, j];
        }

        return sum;
    }
}
