using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Diagonal operators with entries from [-1, 1).</summary>
public sealed class DiagonalSource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        Random random = new(rows + (100 * columns));
        int length = Math.Min(rows, columns);
        T[] values = [.. Enumerable.Range(0, measurementCount * length).Select(_ => T.CreateChecked((2 * random.NextDouble()) - 1))];
        double[][] matrices = [.. values.Chunk(length).Select(diagonal =>
        {
            double[] matrix = new double[rows * columns];
            for (int j = 0; j < length; j++)
            {
                matrix[(j * columns) + j] = double.CreateChecked(diagonal[j]);
            }

            return matrix;
        })];
        ReadOnlyMatrixSpan<T> diagonals = new(values, measurementCount, length);
        return new(new DiagonalOperator<T>(new ManagedBlas<T>(), rows, columns, diagonals), new NaiveSensing(matrices, rows, columns));
    }
}
