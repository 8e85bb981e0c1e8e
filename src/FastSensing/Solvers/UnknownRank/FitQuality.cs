namespace FastSensing.Solvers.UnknownRank;

/// <summary>What the held-out measurements say of the best fit.</summary>
internal enum FitQuality
{
    /// <summary>Predicted to many digits: the data are exact, polish to the tolerance.</summary>
    Exact,

    /// <summary>Predicted down to the noise that the fit itself shows: more steps would fit noise.</summary>
    AtNoiseLevel,

    /// <summary>A rank was given, and the next larger one predicts better by more than one standard error.</summary>
    RankTooSmall,

    /// <summary>The rank is the width of the damped stages: whether the next larger one predicts better is not known.</summary>
    AllColumnsInUse,

    /// <summary>None of these.</summary>
    Poor,
}
