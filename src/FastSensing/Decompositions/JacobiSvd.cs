using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// A = sum_i values_i u_i z_i^T by one-sided Jacobi rotations: the singular value decomposition of thin matrices, to high
/// relative accuracy also for small singular values, without an allocation.
/// </summary>
/// <remarks>Reference: Hestenes 1958; Demmel and Veselic 1992 for the accuracy.</remarks>
internal static class JacobiSvd
{
    private const int MaximumSweeps = 40;

    /// <summary>Decomposes the n x k matrix A whose columns are the rows of <paramref name="columns"/>; any k and n.</summary>
    /// <param name="columns">k x n, unit column stride: in, row j is column j of A; out, row i is u_i (zero where the value is 0).</param>
    /// <param name="values">Length k: the singular values, descending.</param>
    /// <param name="rotations">k x k, unit column stride: row i is z_i.</param>
    /// <remarks>Cost: about 6 n k^2 flops a sweep, 5 to 10 sweeps.</remarks>
    public static void Decompose<T>(MatrixSpan<T> columns, Span<T> values, MatrixSpan<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowOperations.SetIdentity(rotations);
        int exponent = BringNearOne(columns);
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < MaximumSweeps; sweep++)
        {
            rotated = false;
            for (int p = 0; p < columns.Rows - 1; p++)
            {
                for (int q = p + 1; q < columns.Rows; q++)
                {
                    rotated |= Orthogonalize(columns, rotations, p, q);
                }
            }
        }

        for (int i = 0; i < columns.Rows; i++)
        {
            Span<T> row = columns.Row(i);
            values[i] = T.Sqrt(Level1.Dot<T>(row, row));
            if (values[i] > T.Zero)
            {
                RowOperations.Divide(row, values[i]);
            }

            values[i] = T.ScaleB(values[i], exponent);
        }

        RowOperations.SortDescending(values, columns, rotations);
    }

    /// <summary>Divides by the power of two near the largest element, so that no square leaves the range; returns its exponent.</summary>
    private static int BringNearOne<T>(MatrixSpan<T> columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < columns.Rows; i++)
        {
            largest = T.Max(largest, PowerOfTwo.LargestMagnitude<T>(columns.Row(i)));
        }

        int exponent = PowerOfTwo.Exponent(largest);
        for (int i = 0; i < columns.Rows; i++)
        {
            PowerOfTwo.Scale(columns.Row(i), -exponent);
        }

        return exponent;
    }

    private static bool Orthogonalize<T>(MatrixSpan<T> columns, MatrixSpan<T> rotations, int p, int q)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> x = columns.Row(p);
        Span<T> y = columns.Row(q);
        T alpha = Level1.Dot<T>(x, x);
        T beta = Level1.Dot<T>(y, y);
        T gamma = Level1.Dot<T>(x, y);

        // Rounding leaves a cosine of a few units in the last place; a NaN falls through to "nothing to do".
        T threshold = RowOperations.Precision<T>() * T.CreateTruncating(4) * T.Sqrt(alpha) * T.Sqrt(beta);
        if (!(T.Abs(gamma) > threshold))
        {
            return false;
        }

        (T c, T s) = RowOperations.Rotation(alpha, gamma, beta);
        RowOperations.Rotate(x, y, c, s);
        RowOperations.Rotate(rotations.Row(p), rotations.Row(q), c, s);
        return true;
    }
}
