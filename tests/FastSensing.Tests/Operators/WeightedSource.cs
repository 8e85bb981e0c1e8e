using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Dense operators under weights of either sign, zero among them.</summary>
public sealed class WeightedSource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        OperatorCase<T> inner = DenseSource<T>.Create(rows, columns, measurementCount);
        T[] weights = [.. Enumerable.Range(0, measurementCount).Select(i => T.CreateChecked(((i * 5) % 7) - 2) / T.CreateChecked(3))];
        double[][] matrices = [.. inner.Naive.Matrices.Zip(weights, (a, w) => a.Select(value => value * double.CreateChecked(w)).ToArray())];
        return new(new WeightedOperator<T>(inner.Operator, weights), new NaiveSensing(matrices, rows, columns));
    }
}
