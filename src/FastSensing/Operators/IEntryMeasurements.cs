namespace FastSensing.Operators;

/// <summary>An operator whose measurements are single entries of X, and which can say which.</summary>
public interface IEntryMeasurements
{
    /// <summary>The position (i, j) of each measurement.</summary>
    /// <param name="rowIndices">i of each, length m, overwritten.</param>
    /// <param name="columnIndices">j of each, length m, overwritten.</param>
    void CopyPositionsTo(Span<int> rowIndices, Span<int> columnIndices);
}
