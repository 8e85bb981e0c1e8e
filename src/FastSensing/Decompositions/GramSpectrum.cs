using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// Eigenvalues, descending and in double precision, of F^T F (the squared singular values of a factor) and of
/// L^T L - R^T R (the imbalance of a pair).
/// </summary>
/// <remarks>Cost: 2 n k^2 flops and a Jacobi decomposition of k x k. Allocation: at construction only.</remarks>
internal sealed class GramSpectrum(int width)
{
    private readonly double[] _matrix = new double[width * width];
    private readonly double[] _vectors = new double[width * width];
    private readonly double[] _values = new double[width];

    /// <summary>Of F^T F; valid until the next call.</summary>
    public ReadOnlySpan<double> OfFactor<T>(ReadOnlyMatrixSpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Clear(factor.Columns);
        Add(factor, 1);
        return Decompose(factor.Columns);
    }

    /// <summary>Of L^T L - R^T R; valid until the next call.</summary>
    public ReadOnlySpan<double> OfImbalance<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Clear(left.Columns);
        Add(left, 1);
        Add(right, -1);
        return Decompose(left.Columns);
    }

    /// <summary>||L^T L - R^T R||_2.</summary>
    public double ImbalanceNorm<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> values = OfImbalance(left, right);
        return Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
    }

    /// <summary>tr F^T F = ||F||_F^2.</summary>
    public static double Trace<T>(ReadOnlyMatrixSpan<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < factor.Rows; i++)
        {
            for (int j = 0; j < factor.Columns; j++)
            {
                double value = double.CreateTruncating(factor[i, j]);
                sum += value * value;
            }
        }

        return sum;
    }

    private void Clear(int columns) => _matrix.AsSpan(0, columns * columns).Clear();

    private void Add<T>(ReadOnlyMatrixSpan<T> factor, double sign)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = factor.Columns;
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int row = 0; row < factor.Rows; row++)
                {
                    sum += double.CreateTruncating(factor[row, i]) * double.CreateTruncating(factor[row, j]);
                }

                _matrix[(i * columns) + j] += sign * sum;
                _matrix[(j * columns) + i] = _matrix[(i * columns) + j];
            }
        }
    }

    private ReadOnlySpan<double> Decompose(int columns)
    {
        Span<double> values = _values.AsSpan(0, columns);
        JacobiEvd.Decompose(
            new MatrixSpan<double>(_matrix, columns, columns), values, new MatrixSpan<double>(_vectors, columns, columns));
        return values;
    }
}
