using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Solvers;

/// <summary>The same around an operator that reads entries, which it still says of itself.</summary>
internal sealed class FaultyEntries<T>(IMeasurementOperator<T> inner, IBlas<T> blas) : FaultyOperator<T>(inner, blas), IEntryMeasurements
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices) =>
        ((IEntryMeasurements)Inner).CopyPositionsTo(rowIndices, columnIndices);
}
