using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>An operator and the matrices that it is said to measure with.</summary>
public sealed record OperatorCase<T>(IMeasurementOperator<T> Operator, NaiveSensing Naive) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Dispose() => (Operator as IDisposable)?.Dispose();
}
