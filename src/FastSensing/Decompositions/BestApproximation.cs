using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// The best rank-r approximation X_r = sum_(i &lt;= r) sigma_i u_i v_i^T of a known matrix: what every recovery of rank r is
/// measured against.
/// </summary>
/// <remarks>Reference: Eckart, Young 1936. Cost: that of a Jacobi SVD, about 50 n1 n2 min(n1, n2) flops. Allocates: it is no part of a loop.</remarks>
public static class BestApproximation
{
    /// <summary>destination &#8592; X_r; returns ||X - X_r||_F / ||X||_F.</summary>
    /// <param name="matrix">X, n1 x n2.</param>
    /// <param name="rank">r >= 0.</param>
    /// <param name="destination">n1 x n2, overwritten.</param>
    /// <exception cref="ArgumentException">A negative rank, another shape.</exception>
    public static double Compute<T>(ReadOnlyMatrixSpan<T> matrix, int rank, MatrixSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        if (destination.Rows != matrix.Rows || destination.Columns != matrix.Columns)
        {
            throw new ArgumentException(
                $"The matrix is {matrix.Rows} x {matrix.Columns} and the destination {destination.Rows} x {destination.Columns}; they must agree.",
                nameof(destination));
        }

        if (matrix.Columns > matrix.Rows)
        {
            return Compute(matrix.Transpose(), rank, destination.Transpose());
        }

        int count = matrix.Columns;
        using AlignedBuffer<T> left = new((nint)count * matrix.Rows);
        using AlignedBuffer<T> right = new((nint)count * count);
        MatrixSpan<T> u = left.Matrix(count, matrix.Rows);
        MatrixSpan<T> v = right.Matrix(count, count);
        T[] values = new T[count];
        matrix.Transpose().CopyTo(u);
        JacobiSvd.Decompose(u, values.AsSpan(), v);
        destination.Fill(T.Zero);
        (double rest, double all) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            double squared = double.CreateTruncating(values[i]) * double.CreateTruncating(values[i]);
            all += squared;
            rest += i < rank ? 0 : squared;
            if (i < rank)
            {
                AddOuterProduct(values[i], u.Row(i), v.Row(i), destination);
            }
        }

        return all > 0 ? Math.Sqrt(rest / all) : 0;
    }

    private static void AddOuterProduct<T>(T scale, ReadOnlySpan<T> u, ReadOnlySpan<T> v, MatrixSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < u.Length; i++)
        {
            T factor = scale * u[i];
            for (int j = 0; j < v.Length; j++)
            {
                destination[i, j] += factor * v[j];
            }
        }
    }
}
