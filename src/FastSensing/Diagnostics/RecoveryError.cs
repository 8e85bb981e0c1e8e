using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Diagnostics;

/// <summary>How far a result is from a known X*.</summary>
public static class RecoveryError
{
    /// <summary>||L R^T - M||_F / ||M||_F, summed in double precision (0 / 0 is 0), whatever the units of X*.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <param name="truth">M, n1 x n2.</param>
    /// <remarks>Cost: 2 n1 n2 k flops. Allocation: none.</remarks>
    public static double Of<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, ReadOnlyMatrixSpan<T> truth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (left.Rows != truth.Rows || right.Rows != truth.Columns || left.Columns != right.Columns)
        {
            throw new ArgumentException(
                $"L is {left.Rows} x {left.Columns}, R is {right.Rows} x {right.Columns} and the truth {truth.Rows} x {truth.Columns}; the shapes do not agree.",
                nameof(truth));
        }

        double unit = Unit(truth);
        bool differs = false;
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < truth.Rows; i++)
        {
            for (int j = 0; j < truth.Columns; j++)
            {
                double value = 0;
                for (int k = 0; k < left.Columns; k++)
                {
                    value += double.CreateTruncating(left[i, k]) * double.CreateTruncating(right[j, k]);
                }

                double wanted = double.CreateTruncating(truth[i, j]);
                differs |= value != wanted;
                difference += Square(unit * (value - wanted));
                norm += Square(unit * wanted);
            }
        }

        return norm > 0 || double.IsNaN(norm) ? Math.Sqrt(difference / norm) : differs ? double.PositiveInfinity : 0;
    }

    /// <summary>A power of two that brings the largest element near 1: no square of what counts leaves the range of double.</summary>
    private static double Unit<T>(ReadOnlyMatrixSpan<T> truth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < truth.Rows; i++)
        {
            for (int j = 0; j < truth.Columns; j++)
            {
                largest = T.Max(largest, T.Abs(truth[i, j]));
            }
        }

        return Math.ScaleB(1, Math.Clamp(-PowerOfTwo.Exponent(largest), -1000, 1000));
    }

    private static double Square(double value) => value * value;
}
