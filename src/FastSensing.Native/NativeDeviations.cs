namespace FastSensing.Native;

/// <summary>
/// The table of what native libraries do otherwise than the contract of <c>IBlas</c> says and what is not repaired, because
/// the price would be paid by every call. The contract test reads it: a rule that has no row here must be kept.
/// </summary>
internal static class NativeDeviations
{
    private const string FromRow = "Trsm_NaNInTheMatrix_ReachesTheRowsFromItsOwnOn";
    private const string InColumn = "Trsm_NaNInARightHandSide_StaysInItsColumnFromItsRowOn";
    private const string ZeroPivot = "Trsm_ZeroPivot_GivesInfinityInItsRow";
    private const string ZeroTimesInfinity = "Gemv_ZeroTimesInfinity_IsNaN";
    private const string Special = "Trsm_EveryFactorSizeAndSpecialElement_IsWhatTheReferenceHas";
    private const string Scaling = "Potrf_TinyOrHugePivots_KeepTheirAccuracy";

    public static IReadOnlyList<NativeDeviation> Table { get; } =
    [
        // Its solve for AVX2 takes whole registers: NaN and infinity reach columns and rows that do not depend on them.
        new(NativeBlasKind.OpenBlas, "Haswell", typeof(float), FromRow, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Haswell", typeof(float), InColumn, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Haswell", typeof(float), ZeroPivot, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Haswell", typeof(float), Special, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Zen", typeof(float), FromRow, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Zen", typeof(float), InColumn, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Zen", typeof(float), ZeroPivot, DeviationOccurrence.Always),
        new(NativeBlasKind.OpenBlas, "Zen", typeof(float), Special, DeviationOccurrence.Always),

        // A column that is multiplied by zero may be left out.
        new(NativeBlasKind.Blis, null, typeof(double), ZeroTimesInfinity, DeviationOccurrence.Sometimes),
        new(NativeBlasKind.Blis, null, typeof(float), ZeroTimesInfinity, DeviationOccurrence.Sometimes),

        // The order of its sums, and so the last bit, depends on the alignment of the operands.
        new(NativeBlasKind.Mkl, null, typeof(double), Scaling, DeviationOccurrence.Sometimes),
        new(NativeBlasKind.Mkl, null, typeof(float), Scaling, DeviationOccurrence.Sometimes),
        new(NativeBlasKind.OpenBlas, "Prescott", typeof(double), Scaling, DeviationOccurrence.Sometimes),
        new(NativeBlasKind.OpenBlas, "Prescott", typeof(float), Scaling, DeviationOccurrence.Sometimes),
    ];
}
