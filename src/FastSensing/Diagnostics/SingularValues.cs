using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Diagnostics;

/// <summary>The singular values of an iterate that is given by its factors; L R^T is never formed.</summary>
public static class SingularValues
{
    /// <summary>sigma_1, ..., sigma_k of L R^T in descending order, zeros included, in double precision.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k; the same view as left for U U^T.</param>
    /// <exception cref="ArgumentException">Factors of different widths.</exception>
    /// <remarks>
    /// L = U S Z^T, then the values of S Z^T R^T, both by Jacobi rotations: small values to high relative accuracy. Cost: about
    /// 40 (n1 + n2) k^2 flops. Allocates: it is no part of a loop.
    /// </remarks>
    public static double[] Of<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = left.Columns;
        if (right.Columns != width)
        {
            throw new ArgumentException(
                $"L is {left.Rows} x {width} and R is {right.Rows} x {right.Columns}; their widths must agree.", nameof(right));
        }

        double[] values = new double[width];
        MatrixSpan<double> rotations = new(new double[width * width], width, width);
        JacobiSvd.Decompose(Rows(left), values, rotations);
        MatrixSpan<double> rightRows = Rows(right);
        MatrixSpan<double> product = new(new double[width * right.Rows], width, right.Rows);
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                Level1.Axpy<double>(values[i] * rotations[i, j], rightRows.Row(j), product.Row(i));
            }
        }

        JacobiSvd.Decompose(product, values, rotations);
        return values;
    }

    private static MatrixSpan<double> Rows<T>(ReadOnlyMatrixSpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixSpan<double> rows = new(new double[factor.Rows * factor.Columns], factor.Columns, factor.Rows);
        for (int i = 0; i < factor.Rows; i++)
        {
            for (int j = 0; j < factor.Columns; j++)
            {
                rows[j, i] = double.CreateTruncating(factor[i, j]);
            }
        }

        return rows;
    }
}
