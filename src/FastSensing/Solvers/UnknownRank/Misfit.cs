namespace FastSensing.Solvers.UnknownRank;

/// <summary>What a residual above the tolerance looks like from the factors.</summary>
internal enum Misfit
{
    /// <summary>Changes of the factors would take away no more of it than of noise.</summary>
    LikeNoise,

    /// <summary>Changes of the factors would take away far more: the steps have not found the fit.</summary>
    Reducible,
}
