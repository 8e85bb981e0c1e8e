namespace FastSensing.Tests.Operators;

/// <summary>A(X), A*(z) and its products as plain loops over the matrices A_i in double: the yardstick of every operator.</summary>
public sealed class NaiveSensing(double[][] matrices, int rows, int columns)
{
    public double[][] Matrices => matrices;

    /// <summary>The same sums over magnitudes, for error bounds.</summary>
    public NaiveSensing Magnitudes() => new([.. matrices.Select(Magnitudes)], rows, columns);

    public static double[] Magnitudes(double[] values) => [.. values.Select(Math.Abs)];

    /// <summary>sum over j, k of A_i[j, k] (L R^T)[j, k], for every i.</summary>
    public double[] Forward(double[] left, double[] right)
    {
        double[] x = Product(left, right);
        return [.. matrices.Select(a => a.Zip(x, (p, q) => p * q).Sum())];
    }

    /// <summary>sum_i z_i A_i by rows.</summary>
    public double[] Adjoint(double[] z)
    {
        double[] sum = new double[rows * columns];
        for (int i = 0; i < matrices.Length; i++)
        {
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += z[i] * matrices[i][j];
            }
        }

        return sum;
    }

    /// <summary>A*(z) R.</summary>
    public double[] AdjointTimesRight(double[] z, double[] right)
    {
        double[] g = Adjoint(z);
        int width = right.Length / columns;
        double[] product = new double[rows * width];
        for (int i = 0; i < rows; i++)
        {
            for (int c = 0; c < width; c++)
            {
                product[(i * width) + c] = Enumerable.Range(0, columns).Sum(j => g[(i * columns) + j] * right[(j * width) + c]);
            }
        }

        return product;
    }

    /// <summary>A*(z)^T L.</summary>
    public double[] AdjointTransposeTimesLeft(double[] z, double[] left) => Transposed().AdjointTimesRight(z, left);

    /// <summary>The operator of the transposed matrices.</summary>
    public NaiveSensing Transposed() => new([.. matrices.Select(Transpose)], columns, rows);

    /// <summary>s of the definition: sum ||A_i||_F^2 / (n1 n2), under the root.</summary>
    public double GeneralScale() => Math.Sqrt(matrices.Sum(a => a.Sum(v => v * v)) / ((double)rows * columns));

    /// <summary>s of the definition for symmetric problems: sum ||(A_i + A_i^T) / 2||_F^2 / (n (n + 1) / 2), under the root.</summary>
    public double SymmetricScale() => Math.Sqrt(
        matrices.Sum(a => a.Zip(Transpose(a), (p, q) => (p + q) * (p + q) / 4.0).Sum()) / (rows * (rows + 1) / 2.0));

    private double[] Product(double[] left, double[] right)
    {
        int width = left.Length / rows;
        double[] x = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                x[(i * columns) + j] = Enumerable.Range(0, width).Sum(c => left[(i * width) + c] * right[(j * width) + c]);
            }
        }

        return x;
    }

    private double[] Transpose(double[] a)
    {
        double[] transposed = new double[a.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * rows) + i] = a[(i * columns) + j];
            }
        }

        return transposed;
    }
}
