using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Sampling;

namespace FastSensing.Diagnostics;

/// <summary>
/// ||A(X)||^2 / (s^2 ||X||_F^2) over random X of a rank: how near an operator is to an isometry where it matters. The largest
/// distance from 1 is a lower bound of the constant delta of the restricted isometry property (RIP).
/// </summary>
/// <param name="Smallest">The smallest ratio.</param>
/// <param name="Mean">The mean ratio.</param>
/// <param name="Largest">The largest ratio.</param>
/// <remarks>
/// For Gaussian A_i a ratio is a chi-squared number over m, of standard deviation sqrt(2 / m) around 1. delta itself is a
/// supremum that no sampling reaches: a small value here shows nothing, a large one shows that the operator is no near
/// isometry, as entries of a spiky X are not.
/// </remarks>
public readonly record struct RestrictedIsometry(double Smallest, double Mean, double Largest)
{
    /// <summary>max |ratio - 1|: delta is at least this.</summary>
    public double Delta => Math.Max(1 - Smallest, Largest - 1);

    /// <summary>Samples an operator.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="op">The operator; its scale s is taken out.</param>
    /// <param name="structure">General: X = L R^T with Gaussian factors; Symmetric: X = U D U^T with signs D.</param>
    /// <param name="rank">r >= 1, of each X.</param>
    /// <param name="samples">Number of X, at least 1.</param>
    /// <param name="seed">Fixes them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rank or a number of samples below 1.</exception>
    /// <remarks>Cost: a forward product for each X. Allocates: it is no part of a loop.</remarks>
    public static RestrictedIsometry Sample<T>(IMeasurementOperator<T> op, MatrixStructure structure, int rank, int samples, ulong seed = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        T[] left = new T[op.Rows * rank];
        T[] right = new T[op.Columns * rank];
        T[] y = new T[op.MeasurementCount];
        using AlignedBuffer<T> scratch = new(op.ScratchLength(rank));
        double scale = double.CreateTruncating(op.ScaleFor(structure));
        NormalGenerator numbers = new(seed);
        (double smallest, double sum, double largest) = (double.PositiveInfinity, 0, 0);
        for (int sample = 0; sample < samples; sample++)
        {
            numbers.Stream((ulong)(2 * sample)).Normals<T>(0, left);
            numbers.Stream((ulong)((2 * sample) + 1)).Normals<T>(0, right);
            MatrixSpan<T> l = new(left, op.Rows, rank);
            MatrixSpan<T> r = new(right, op.Columns, rank);
            if (structure == MatrixStructure.Symmetric)
            {
                CopyWithSigns(l, r);
            }

            op.Forward(new FactorPair<T>(l, r), y, scratch.Span);
            double measured = double.CreateTruncating(Level1.Nrm2<T>(y)) / scale;
            double ratio = measured * measured / SquaredNorm<T>(l, r);
            smallest = Math.Min(smallest, ratio);
            largest = Math.Max(largest, ratio);
            sum += ratio;
        }

        return new RestrictedIsometry(smallest, sum / samples, largest);
    }

    private static void CopyWithSigns<T>(MatrixSpan<T> factor, MatrixSpan<T> copy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < factor.Columns; j++)
        {
            T sign = T.CopySign(T.One, copy[0, j]);
            for (int i = 0; i < factor.Rows; i++)
            {
                copy[i, j] = sign * factor[i, j];
            }
        }
    }

    /// <summary>||L R^T||_F^2 = sum of the elementwise product of both Gram matrices.</summary>
    private static double SquaredNorm<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < left.Columns; i++)
        {
            for (int j = 0; j < left.Columns; j++)
            {
                sum += ColumnProduct(left, i, j) * ColumnProduct(right, i, j);
            }
        }

        return sum;
    }

    private static double ColumnProduct<T>(ReadOnlyMatrixSpan<T> matrix, int i, int j)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int row = 0; row < matrix.Rows; row++)
        {
            sum += double.CreateTruncating(matrix[row, i]) * double.CreateTruncating(matrix[row, j]);
        }

        return sum;
    }
}
