namespace FastSensing.Native;

/// <summary>One thing that a library does otherwise than the contract of <c>IBlas</c> says.</summary>
/// <param name="Kind">Whose library.</param>
/// <param name="Core">The kernels that do it; null for all that were seen.</param>
/// <param name="ElementType">float or double.</param>
/// <param name="Rule">The rule of the contract test that it breaks.</param>
/// <param name="Occurrence">Whether every run of the rule shows it.</param>
internal sealed record NativeDeviation(NativeBlasKind Kind, string? Core, Type ElementType, string Rule, DeviationOccurrence Occurrence);
