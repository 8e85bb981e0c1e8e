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

        SquaredDistance distance = new(PowerOfTwo.InverseUnit(LargestMagnitude(truth)));
        for (int i = 0; i < truth.Rows; i++)
        {
            for (int j = 0; j < truth.Columns; j++)
            {
                double value = 0;
                for (int k = 0; k < left.Columns; k++)
                {
                    value += double.CreateTruncating(left[i, k]) * double.CreateTruncating(right[j, k]);
                }

                distance.Add(value, double.CreateTruncating(truth[i, j]));
            }
        }

        return distance.Relative;
    }

    /// <summary>||X - M||_F / ||M||_F of a matrix that is given by its elements, summed in double precision (0 / 0 is 0).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">X, n1 x n2.</param>
    /// <param name="truth">M, n1 x n2.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <remarks>Allocation: none.</remarks>
    public static double Of<T>(ReadOnlyMatrixSpan<T> x, ReadOnlyMatrixSpan<T> truth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Rows != truth.Rows || x.Columns != truth.Columns)
        {
            throw new ArgumentException($"X is {x.Rows} x {x.Columns} and the truth {truth.Rows} x {truth.Columns}; the shapes do not agree.", nameof(truth));
        }

        SquaredDistance distance = new(PowerOfTwo.InverseUnit(LargestMagnitude(truth)));
        for (int i = 0; i < truth.Rows; i++)
        {
            for (int j = 0; j < truth.Columns; j++)
            {
                distance.Add(double.CreateTruncating(x[i, j]), double.CreateTruncating(truth[i, j]));
            }
        }

        return distance.Relative;
    }

    private static T LargestMagnitude<T>(ReadOnlyMatrixSpan<T> truth)
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

        return largest;
    }

    /// <summary>Sums of squares in units in which they neither overflow nor vanish.</summary>
    private struct SquaredDistance(double unit)
    {
        private double _difference;
        private double _norm;
        private bool _differs;

        /// <summary>The root of one sum over the other; 0 / 0 is 0.</summary>
        public readonly double Relative => _norm > 0 || double.IsNaN(_norm) ? Math.Sqrt(_difference / _norm) : _differs ? double.PositiveInfinity : 0;

        public void Add(double value, double wanted)
        {
            _differs |= value != wanted;
            _difference += Square(unit * (value - wanted));
            _norm += Square(unit * wanted);
        }

        private static double Square(double value) => value * value;
    }
}
