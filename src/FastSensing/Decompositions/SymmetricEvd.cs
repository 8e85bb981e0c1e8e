using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// S = sum_i values_i z_i z_i^T for symmetric matrices of medium size: Householder reflections to tridiagonal form, then
/// implicit QL steps with shifts. Without an allocation.
/// </summary>
/// <remarks>
/// <para>The vectors are kept as rows, so that reflections are dot products and updates of contiguous rows, and a rotation
/// touches two of them. <see cref="JacobiEvd"/> is the better one up to a size of about 16.</para>
/// <para>Reference: Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3 to 8.3.5.</para>
/// </remarks>
internal static class SymmetricEvd
{
    private const int MaximumStepsPerValue = 60;

    /// <summary>Decomposes the symmetric n x n matrix.</summary>
    /// <param name="matrix">n x n, unit column stride, both triangles given; destroyed.</param>
    /// <param name="values">Length n: the eigenvalues, descending.</param>
    /// <param name="work">Length 2 n, overwritten.</param>
    /// <param name="vectors">n x n, unit column stride: row i is z_i.</param>
    /// <remarks>Cost: about 10 n^3 flops.</remarks>
    public static void Decompose<T>(MatrixSpan<T> matrix, Span<T> values, Span<T> work, MatrixSpan<T> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows;
        int exponent = BringNearOne(matrix);
        Span<T> beside = work[..size];
        Tridiagonalize(matrix, beside, work.Slice(size, size));
        AccumulateReflections(matrix, work.Slice(size, size), vectors);
        for (int i = 0; i < size; i++)
        {
            values[i] = matrix[i, i];
        }

        DiagonalizeByRotations(values, beside, vectors);
        PowerOfTwo.Scale(values, exponent);

        // Only the vectors travel with the values; the matrix has served.
        RowOperations.SortDescending(values, vectors, matrix);
    }

    private static int BringNearOne<T>(MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            largest = T.Max(largest, PowerOfTwo.LargestMagnitude<T>(matrix.Row(i)));
        }

        int exponent = PowerOfTwo.Exponent(largest);
        for (int i = 0; i < matrix.Rows; i++)
        {
            PowerOfTwo.Scale(matrix.Row(i), -exponent);
        }

        return exponent;
    }

    /// <summary>
    /// S &#8592; H ... H S H ... H with a tridiagonal result: its diagonal stays in the matrix, element (k + 1, k) goes to
    /// beside[k], and row k right of the diagonal keeps the vector v of H = I - beta v v^T, with beta[k] &gt;= 0.
    /// </summary>
    private static void Tridiagonalize<T>(MatrixSpan<T> matrix, Span<T> beside, Span<T> beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = matrix.Rows;
        beside.Clear();
        beta.Clear();
        for (int k = 0; k < size - 1; k++)
        {
            Span<T> v = matrix.Row(k)[(k + 1)..];
            T norm = Level1.Nrm2<T>(v);
            T first = v[0];
            beside[k] = first;

            // Rows before have used the place for other things.
            beta[k] = T.Zero;
            if (v.Length == 1 || !(norm > T.Abs(first)))
            {
                continue;
            }

            T target = -T.CopySign(norm, first);
            v[0] = first - target;
            beta[k] = T.One / (norm * (norm + T.Abs(first)));
            beside[k] = target;
            ReflectBothSides(matrix.Slice(k + 1, k + 1, v.Length, v.Length), v, beta[k], beta[(k + 1)..]);
        }
    }

    /// <summary>B &#8592; H B H = B - v w^T - w v^T with w = beta B v - (beta / 2) (beta v^T B v) v.</summary>
    private static void ReflectBothSides<T>(MatrixSpan<T> block, ReadOnlySpan<T> v, T beta, Span<T> w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < v.Length; i++)
        {
            w[i] = beta * Level1.Dot(block.Row(i), v);
        }

        w = w[..v.Length];
        Level1.Axpy(-T.CreateTruncating(0.5) * beta * Level1.Dot(w, v), v, w);
        for (int i = 0; i < v.Length; i++)
        {
            Level1.Axpy(-v[i], w, block.Row(i));
            Level1.Axpy(-w[i], v, block.Row(i));
        }
    }

    /// <summary>Rows of the result: the columns of the product of all reflections.</summary>
    private static void AccumulateReflections<T>(MatrixSpan<T> matrix, ReadOnlySpan<T> beta, MatrixSpan<T> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowOperations.SetIdentity(vectors);
        for (int k = matrix.Rows - 2; k >= 0; k--)
        {
            ReadOnlySpan<T> v = matrix.Row(k)[(k + 1)..];
            for (int i = k + 1; i < matrix.Rows; i++)
            {
                Span<T> row = vectors.Row(i)[(k + 1)..];
                Level1.Axpy(-beta[k] * Level1.Dot(row, v), v, row);
            }
        }
    }

    /// <summary>Makes the tridiagonal matrix diagonal; the rows of <paramref name="vectors"/> take part in every rotation.</summary>
    private static void DiagonalizeByRotations<T>(Span<T> diagonal, Span<T> beside, MatrixSpan<T> vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < diagonal.Length; first++)
        {
            for (int step = 0; step < MaximumStepsPerValue; step++)
            {
                int last = EndOfBlock(diagonal, beside, first);
                if (last == first)
                {
                    break;
                }

                Chase(diagonal, beside, vectors, first, last);
            }
        }
    }

    /// <summary>The first place from <paramref name="first"/> on whose neighbour is coupled by rounding errors only.</summary>
    private static int EndOfBlock<T>(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> beside, int first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = first;

        // A NaN counts as negligible: then there is nothing to find.
        while (last < diagonal.Length - 1
            && T.Abs(beside[last]) > RowOperations.Precision<T>() * (T.Abs(diagonal[last]) + T.Abs(diagonal[last + 1])))
        {
            last++;
        }

        return last;
    }

    /// <summary>One implicit QL step on the block first..last, with the shift of its leading 2 x 2 matrix (Wilkinson).</summary>
    private static void Chase<T>(Span<T> diagonal, Span<T> beside, MatrixSpan<T> vectors, int first, int last)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = (diagonal[first + 1] - diagonal[first]) / (beside[first] + beside[first]);
        T shift = diagonal[first] - (beside[first] / (half + T.CopySign(T.Hypot(half, T.One), half)));
        T bulge = diagonal[last] - shift;
        (T c, T s, T moved) = (T.One, T.One, T.Zero);
        for (int i = last - 1; i >= first; i--)
        {
            T below = s * beside[i];
            T kept = c * beside[i];
            T length = T.Hypot(below, bulge);
            beside[i + 1] = length;
            if (!(length > T.Zero))
            {
                // The matrix falls apart here by itself.
                diagonal[i + 1] -= moved;
                beside[last] = T.Zero;
                return;
            }

            (s, c) = (below / length, bulge / length);
            bulge = diagonal[i + 1] - moved;
            T mixed = ((diagonal[i] - bulge) * s) + ((c + c) * kept);
            moved = s * mixed;
            diagonal[i + 1] = bulge + moved;
            bulge = (c * mixed) - kept;
            RowOperations.Rotate(vectors.Row(i), vectors.Row(i + 1), c, s);
        }

        diagonal[first] -= moved;
        beside[first] = bulge;
        beside[last] = T.Zero;
    }
}
