using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Dense operators with entries from [-1, 1).</summary>
public sealed class DenseSource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        Random random = new(rows + (100 * columns));
        T[] values = [.. Enumerable.Range(0, rows * columns * measurementCount).Select(_ => T.CreateChecked((2 * random.NextDouble()) - 1))];
        double[][] matrices = [.. values.Select(double.CreateChecked).Chunk(rows * columns)];
        return new(
            DenseOperator<T>.FromRows(new ManagedBlas<T>(), rows, columns, measurementCount, values), new NaiveSensing(matrices, rows, columns));
    }
}
