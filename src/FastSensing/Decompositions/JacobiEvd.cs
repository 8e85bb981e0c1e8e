using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// T = sum_i values_i z_i z_i^T by cyclic Jacobi rotations: the eigenvalue decomposition of small symmetric matrices,
/// without an allocation.
/// </summary>
/// <remarks>Reference: Golub and Van Loan, Matrix Computations, section 8.5.</remarks>
internal static class JacobiEvd
{
    private const int MaximumSweeps = 40;

    /// <summary>Decomposes the symmetric k x k matrix.</summary>
    /// <param name="matrix">k x k, both triangles given; destroyed.</param>
    /// <param name="values">Length k: the eigenvalues, descending.</param>
    /// <param name="vectors">k x k, unit column stride: row i is z_i.</param>
    /// <remarks>Cost: about 6 k^3 flops a sweep, 5 to 10 sweeps.</remarks>
    public static void Decompose<T>(MatrixSpan<T> matrix, Span<T> values, MatrixSpan<T> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowOperations.SetIdentity(vectors);
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < MaximumSweeps; sweep++)
        {
            rotated = false;
            T negligible = RowOperations.Precision<T>() * LargestMagnitude(matrix);
            for (int p = 0; p < matrix.Rows - 1; p++)
            {
                for (int q = p + 1; q < matrix.Rows; q++)
                {
                    rotated |= Annihilate(matrix, vectors, p, q, negligible);
                }
            }
        }

        for (int i = 0; i < matrix.Rows; i++)
        {
            values[i] = matrix[i, i];
        }

        // Only the vectors travel with the values; the matrix has served.
        RowOperations.SortDescending(values, vectors, matrix);
    }

    private static T LargestMagnitude<T>(MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (T value in matrix.Row(i))
            {
                largest = T.Max(largest, T.Abs(value));
            }
        }

        return largest;
    }

    private static bool Annihilate<T>(MatrixSpan<T> matrix, MatrixSpan<T> vectors, int p, int q, T negligible)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T gamma = matrix[p, q];
        if (!(T.Abs(gamma) > negligible))
        {
            return false;
        }

        (T c, T s) = RowOperations.Rotation(matrix[p, p], gamma, matrix[q, q]);
        RowOperations.Rotate(matrix.Row(p), matrix.Row(q), c, s);
        for (int i = 0; i < matrix.Rows; i++)
        {
            T x = matrix[i, p];
            T y = matrix[i, q];
            matrix[i, p] = (c * x) - (s * y);
            matrix[i, q] = (s * x) + (c * y);
        }

        RowOperations.Rotate(vectors.Row(p), vectors.Row(q), c, s);
        return true;
    }
}
