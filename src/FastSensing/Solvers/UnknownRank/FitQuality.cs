namespace FastSensing.Solvers.UnknownRank;

/// <summary>What the held-out measurements say of the best fit.</summary>
internal enum FitQuality
{
    /// <summary>Predicted to many digits: the data are exact, polish to the tolerance.</summary>
    Exact,

    /// <summary>Predicted down to the noise that the fit itself shows: more steps would fit noise.</summary>
    AtNoiseLevel,

    /// <summary>Neither.</summary>
    Poor,
}
