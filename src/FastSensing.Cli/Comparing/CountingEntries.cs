using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Cli.Comparing;

/// <summary>The same around an operator that reads entries, which it still says of itself.</summary>
internal sealed class CountingEntries<T>(IMeasurementOperator<T> inner) : CountingOperator<T>(inner), IEntryMeasurements
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices) =>
        ((IEntryMeasurements)Inner).CopyPositionsTo(rowIndices, columnIndices);
}
