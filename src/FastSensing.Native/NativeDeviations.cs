namespace FastSensing.Native;

/// <summary>
/// The table of what native libraries do otherwise than the contract of <c>IBlas</c> says, and what is not repaired
/// because the price would be paid by every call: NaN and infinity in the operands only. The contract test reads it and
/// fails as much for a deviation that is not listed as for a listed one that is not there.
/// </summary>
internal static class NativeDeviations
{
    public static IReadOnlyList<(NativeBlasKind Kind, string Rule)> Table { get; } = [];
}
