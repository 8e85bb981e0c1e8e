namespace FastSensing.Native;

/// <summary>Whether a deviation can be relied on.</summary>
internal enum DeviationOccurrence
{
    /// <summary>Every run of the rule shows it.</summary>
    Always,

    /// <summary>It depends on where the operands happen to lie in memory.</summary>
    Sometimes,
}
