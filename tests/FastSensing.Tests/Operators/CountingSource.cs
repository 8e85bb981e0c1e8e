using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Dense operators whose calls are counted.</summary>
public sealed class CountingSource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        OperatorCase<T> inner = DenseSource<T>.Create(rows, columns, measurementCount);
        return new(CountingOperator<T>.Around(inner.Operator), inner.Naive);
    }
}
