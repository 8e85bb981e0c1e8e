using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>What the small decompositions do with rows: rotations, orthonormalisation, sorting.</summary>
internal static class RowOperations
{
    /// <summary>The distance from 1 to the next larger number.</summary>
    public static T Precision<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.BitIncrement(T.One) - T.One;

    /// <summary>x &#8592; x / divisor.</summary>
    public static void Divide<T>(Span<T> x, T divisor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] /= divisor;
        }
    }

    /// <summary>(c, s) such that the rotation (x, y) &#8592; (c x - s y, s x + c y) makes [[alpha, gamma], [gamma, beta]] diagonal.</summary>
    public static (T Cosine, T Sine) Rotation<T>(T alpha, T gamma, T beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T zeta = (beta - alpha) / (gamma + gamma);
        T tangent = T.CopySign(T.One, zeta) / (T.Abs(zeta) + T.Sqrt(T.One + (zeta * zeta)));
        T cosine = T.One / T.Sqrt(T.One + (tangent * tangent));
        return (cosine, cosine * tangent);
    }

    /// <summary>(x, y) &#8592; (c x - s y, s x + c y).</summary>
    public static void Rotate<T>(Span<T> x, Span<T> y, T c, T s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            T left = x[i];
            T right = y[i];
            x[i] = (c * left) - (s * right);
            y[i] = (s * left) + (c * right);
        }
    }

    /// <summary>The identity matrix.</summary>
    public static void SetIdentity<T>(MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        matrix.Fill(T.Zero);
        for (int i = 0; i < matrix.Rows; i++)
        {
            matrix[i, i] = T.One;
        }
    }

    /// <summary>Brings the values into descending order and the rows of both matrices with them.</summary>
    public static void SortDescending<T>(Span<T> values, MatrixSpan<T> first, MatrixSpan<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            int largest = i;
            for (int j = i + 1; j < values.Length; j++)
            {
                largest = values[j] > values[largest] ? j : largest;
            }

            if (largest != i)
            {
                (values[i], values[largest]) = (values[largest], values[i]);
                Swap(first.Row(i), first.Row(largest));
                Swap(second.Row(i), second.Row(largest));
            }
        }
    }

    /// <summary>
    /// Makes the rows orthonormal (modified Gram-Schmidt, each row twice). A row that depends on those before it becomes
    /// zero and stays out of the rest. The length of the rows does not matter, however small or large.
    /// </summary>
    public static void Orthonormalize<T>(MatrixSpan<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T negligible = T.CreateTruncating(rows.Columns) * Precision<T>();
        for (int i = 0; i < rows.Rows; i++)
        {
            Span<T> row = rows.Row(i);
            PowerOfTwo.Scale(row, -PowerOfTwo.Exponent<T>(row));
            T before = T.Sqrt(Level1.Dot<T>(row, row));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    Level1.Axpy(-Level1.Dot<T>(rows.Row(j), row), rows.Row(j), row);
                }
            }

            T after = T.Sqrt(Level1.Dot<T>(row, row));
            if (after > negligible * before)
            {
                Divide(row, after);
            }
            else
            {
                row.Clear();
            }
        }
    }

    private static void Swap<T>(Span<T> x, Span<T> y)
        where T : unmanaged
    {
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
