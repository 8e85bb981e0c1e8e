namespace FastSensing.Cli.Verbs;

/// <summary>Which numbers an option accepts.</summary>
internal enum Sign
{
    /// <summary>Above zero.</summary>
    Positive,

    /// <summary>Zero or above.</summary>
    NonNegative,
}
