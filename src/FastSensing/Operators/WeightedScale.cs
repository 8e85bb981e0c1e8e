using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// The two scales of an operator with weights: those of the matrices w_i A_i, which the operator is asked for one by one.
/// Summed in double after division by a power of two near the largest entry.
/// </summary>
internal static class WeightedScale
{
    public static (T General, T Symmetric) Of<T>(IMeasurementOperator<T> op, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (op is IEntryMeasurements entries)
        {
            return OfEntries(op, entries, weights);
        }

        using AlignedBuffer<T> one = new(op.Rows * op.Columns);
        using AlignedBuffer<T> scratch = new(op.ScratchLength(1));
        T largest = T.Zero;
        for (int i = 0; i < weights.Length; i++)
        {
            largest = T.Max(largest, T.Abs(weights[i]) * PowerOfTwo.LargestMagnitude<T>(Measurement(op, i, one, scratch)));
        }

        if (largest == T.Zero)
        {
            return (T.Zero, T.Zero);
        }

        int exponent = DenseScale.ExponentOf(largest);
        double unit = Math.ScaleB(1.0, -exponent);
        (double general, double symmetric) = (0, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            (double all, double even) = DenseScale.SquaresOf<T>(
                Measurement(op, i, one, scratch), op.Rows, unit * double.CreateTruncating(weights[i]));
            general += all;
            symmetric += even;
        }

        double n = op.Rows;
        return (DenseScale.Root<T>(general / (n * op.Columns), exponent), DenseScale.Root<T>(symmetric / (n * (n + 1.0) / 2.0), exponent));
    }

    /// <summary>Unit matrices: w_i^2 each, and half of that for the symmetric part of one off the diagonal.</summary>
    private static (T General, T Symmetric) OfEntries<T>(IMeasurementOperator<T> op, IEntryMeasurements entries, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] rows = new int[weights.Length];
        int[] columns = new int[weights.Length];
        entries.CopyPositionsTo(rows, columns);
        T largest = PowerOfTwo.LargestMagnitude(weights);
        int exponent = largest == T.Zero ? 0 : DenseScale.ExponentOf(largest);
        (double general, double symmetric) = (0, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = Math.ScaleB(double.CreateTruncating(weights[i]), -exponent);
            general += weight * weight;
            symmetric += rows[i] == columns[i] ? weight * weight : 0.5 * weight * weight;
        }

        double n = op.Rows;
        return (DenseScale.Root<T>(general / (n * op.Columns), exponent), DenseScale.Root<T>(symmetric / (n * (n + 1.0) / 2.0), exponent));
    }

    /// <summary>A_i by rows: the adjoint of the one measurement, so that the others are not read.</summary>
    private static ReadOnlySpan<T> Measurement<T>(IMeasurementOperator<T> op, int i, AlignedBuffer<T> one, AlignedBuffer<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        op.Select([i]).Adjoint([T.One], one.Matrix(op.Rows, op.Columns), scratch.Span);
        return one.Span;
    }
}
