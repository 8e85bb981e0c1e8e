using FastSensing.Sampling;

namespace FastSensing.Problems;

/// <summary>
/// n x r matrices with orthonormal columns in a uniformly random position: Gaussian columns, orthonormalised one after
/// the other, twice against each earlier one. Only + - * / and square root in a fixed order: the same on every platform.
/// </summary>
internal static class OrthonormalFactor
{
    /// <summary>Column c as the c-th array of n numbers.</summary>
    /// <param name="n">Number of rows.</param>
    /// <param name="rank">Number of columns, at most n.</param>
    /// <param name="generator">Number c n + i becomes the starting value of element (i, c).</param>
    public static double[][] Columns(int n, int rank, NormalGenerator generator)
    {
        double[][] columns = new double[rank][];
        for (int c = 0; c < rank; c++)
        {
            double[] column = new double[n];
            generator.Normals<double>((ulong)c * (ulong)n, column);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < c; earlier++)
                {
                    Subtract(Dot(columns[earlier], column), columns[earlier], column);
                }

                Normalise(column);
            }

            columns[c] = column;
        }

        return columns;
    }

    // Plain loops, not Level1: its order of summation and its use of fused operations depend on the machine.
    private static double Dot(double[] x, double[] y)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static void Subtract(double alpha, double[] x, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] -= alpha * x[i];
        }
    }

    private static void Normalise(double[] x)
    {
        double factor = 1.0 / Math.Sqrt(Dot(x, x));
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }
}
