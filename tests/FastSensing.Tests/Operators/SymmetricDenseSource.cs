using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Stored triangles of the symmetric parts of matrices with entries from [-1, 1).</summary>
public sealed class SymmetricDenseSource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsSquareOnly => true;

    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        Random random = new(rows + (100 * columns));
        double[][] matrices = new double[measurementCount][];
        SymmetricDenseOperator<T> op = SymmetricDenseOperator<T>.Fill(new ManagedBlas<T>(), rows, measurementCount, (i, destination) =>
        {
            // Multiples of 1/1024, whose halves and sums are exact: the symmetric part has no rounding of its own.
            double[] values = [.. Enumerable.Range(0, rows * rows).Select(_ => random.Next(-1024, 1024) / 1024.0)];
            matrices[i] = [.. Enumerable.Range(0, rows * rows).Select(p => (values[p] + values[(p % rows * rows) + (p / rows)]) / 2)];
            Array.ConvertAll(values, T.CreateChecked).CopyTo(destination);
        });
        return new(op, new NaiveSensing(matrices, rows, rows));
    }
}
