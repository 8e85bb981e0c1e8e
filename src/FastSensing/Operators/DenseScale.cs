using System.Numerics;

namespace FastSensing.Operators;

/// <summary>
/// The two scales of a list of measurement matrices: s^2 = sum ||A_i||_F^2 / (n1 n2), and the same with symmetric
/// parts over n (n + 1) / 2. Summed in double after division by a power of two near the largest entry, so scaling all
/// A_i by a power of two scales s exactly, and nothing overflows.
/// </summary>
internal static class DenseScale
{
    /// <summary>The largest magnitude of all entries; refuses entries that are not finite.</summary>
    /// <param name="storage">The matrices.</param>
    /// <exception cref="ArgumentException">NaN or infinity, named by its place.</exception>
    public static T LargestMagnitude<T>(DenseStorage<T> storage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < storage.Count; i++)
        {
            largest = T.Max(largest, LargestMagnitude<T>(storage[i], storage.Columns, i));
        }

        GC.KeepAlive(storage);
        return largest;
    }

    /// <summary>The largest magnitude in measurement matrix i, given by rows; refuses entries that are not finite.</summary>
    public static T LargestMagnitude<T>(ReadOnlySpan<T> values, int columns, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int j = 0; j < values.Length; j++)
        {
            T magnitude = T.Abs(values[j]);
            if (!T.IsFinite(magnitude))
            {
                throw new ArgumentException(
                    $"Entry ({j / columns}, {j % columns}) of measurement matrix {i} is {values[j]}; it must be finite.", nameof(values));
            }

            if (magnitude > largest)
            {
                largest = magnitude;
            }
        }

        return largest;
    }

    /// <summary>Both scales of the selected matrices (all when there is no selection).</summary>
    /// <param name="storage">The matrices.</param>
    /// <param name="selection">Indices of stored matrices, or null.</param>
    /// <param name="largest">An upper bound of all magnitudes; 0 when all are 0.</param>
    /// <returns>The general scale, and the symmetric one (0 for matrices that are not square).</returns>
    public static (T General, T Symmetric) Of<T>(DenseStorage<T> storage, int[]? selection, T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (largest == T.Zero)
        {
            return (T.Zero, T.Zero);
        }

        int exponent = ExponentOf(largest);
        double unit = Math.ScaleB(1.0, -exponent);
        bool square = storage.Rows == storage.Columns;
        double general = 0.0;
        double symmetric = 0.0;
        int count = selection?.Length ?? storage.Count;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> values = storage[selection is null ? i : selection[i]];
            general += SumOfSquares(values, unit);
            symmetric += square ? SymmetricSumOfSquares(values, storage.Rows, unit) : 0.0;
        }

        GC.KeepAlive(storage);
        double n = storage.Rows;
        return (Root<T>(general / (n * storage.Columns), exponent), Root<T>(symmetric / (n * (n + 1.0) / 2.0), exponent));
    }

    /// <summary>Both scales of symmetric matrices that are stored as lower triangles.</summary>
    /// <param name="storage">The triangles, one row each.</param>
    /// <param name="size">n.</param>
    /// <param name="selection">Indices of stored matrices, or null.</param>
    /// <param name="largest">An upper bound of all magnitudes; 0 when all are 0.</param>
    public static (T General, T Symmetric) OfTriangles<T>(DenseStorage<T> storage, double size, int[]? selection, T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (largest == T.Zero)
        {
            return (T.Zero, T.Zero);
        }

        int exponent = ExponentOf(largest);
        double unit = Math.ScaleB(1.0, -exponent);
        double squares = 0.0;
        int count = selection?.Length ?? storage.Count;
        for (int i = 0; i < count; i++)
        {
            // Every element twice, but those on the diagonal, which end the rows of the triangle, once.
            ReadOnlySpan<T> triangle = storage[selection is null ? i : selection[i]];
            squares += 2 * SumOfSquares(triangle, unit);
            for (int j = 0, p = 0; p < triangle.Length; j++, p += j + 1)
            {
                squares -= Square(unit * double.CreateTruncating(triangle[p]));
            }
        }

        GC.KeepAlive(storage);
        return (Root<T>(squares / (size * size), exponent), Root<T>(squares / (size * (size + 1.0) / 2.0), exponent));
    }

    /// <summary>Both scales of diagonal matrices, given by their diagonals.</summary>
    /// <param name="storage">The diagonals, one row each.</param>
    /// <param name="rows">n1.</param>
    /// <param name="columns">n2.</param>
    /// <param name="selection">Indices of stored diagonals, or null.</param>
    public static (T General, T Symmetric) OfDiagonals<T>(DenseStorage<T> storage, double rows, double columns, int[]? selection)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = LargestMagnitude(storage);
        if (largest == T.Zero)
        {
            return (T.Zero, T.Zero);
        }

        int exponent = ExponentOf(largest);
        double squares = 0.0;
        int count = selection?.Length ?? storage.Count;
        for (int i = 0; i < count; i++)
        {
            squares += SumOfSquares<T>(storage[selection is null ? i : selection[i]], Math.ScaleB(1.0, -exponent));
        }

        GC.KeepAlive(storage);
        return (Root<T>(squares / (rows * columns), exponent), Root<T>(squares / (rows * (rows + 1.0) / 2.0), exponent));
    }

    /// <summary>The sums of squares of one matrix, times the square of a unit: of all elements, and of its symmetric part where it is square.</summary>
    public static (double General, double Symmetric) SquaresOf<T>(ReadOnlySpan<T> values, int rows, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (SumOfSquares(values, unit), rows * rows == values.Length ? SymmetricSumOfSquares(values, rows, unit) : 0.0);

    /// <summary>2^exponent times the root of a mean square, rounded once.</summary>
    public static T Root<T>(double square, int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.ScaleB(T.CreateTruncating(Math.Sqrt(square)), exponent);

    /// <summary>2^-exponent must be finite: subnormal entries are brought to about 2^-70, which loses nothing.</summary>
    public static int ExponentOf<T>(T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Max(Math.ILogB(double.CreateTruncating(largest)), -1000);

    /// <summary>sum (unit a_j)^2, in four interleaved sums.</summary>
    private static double SumOfSquares<T>(ReadOnlySpan<T> values, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum0 = 0.0;
        double sum1 = 0.0;
        double sum2 = 0.0;
        double sum3 = 0.0;
        int j = 0;
        for (; j <= values.Length - 4; j += 4)
        {
            sum0 += Square(unit * double.CreateTruncating(values[j]));
            sum1 += Square(unit * double.CreateTruncating(values[j + 1]));
            sum2 += Square(unit * double.CreateTruncating(values[j + 2]));
            sum3 += Square(unit * double.CreateTruncating(values[j + 3]));
        }

        for (; j < values.Length; j++)
        {
            sum0 += Square(unit * double.CreateTruncating(values[j]));
        }

        return (sum0 + sum1) + (sum2 + sum3);
    }

    /// <summary>||unit (A + A^T) / 2||_F^2 = sum over the diagonal of a_jj^2 and over j &lt; k of (a_jk + a_kj)^2 / 2.</summary>
    private static double SymmetricSumOfSquares<T>(ReadOnlySpan<T> values, int n, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double diagonal = 0.0;
        double pairs = 0.0;
        for (int j = 0; j < n; j++)
        {
            diagonal += Square(unit * double.CreateTruncating(values[(j * n) + j]));
            for (int k = 0; k < j; k++)
            {
                double upper = unit * double.CreateTruncating(values[(k * n) + j]);
                double lower = unit * double.CreateTruncating(values[(j * n) + k]);
                pairs += Square(upper + lower);
            }
        }

        return diagonal + (0.5 * pairs);
    }

    private static double Square(double value) => value * value;
}
