namespace FastSensing.Solvers.UnknownRank;

/// <summary>What a residual above the tolerance looks like from the factors.</summary>
internal enum Misfit
{
    /// <summary>Changes of the factors would take away no more of it than of noise.</summary>
    LikeNoise,

    /// <summary>Changes of the factors would take away far more: the steps have not found the fit.</summary>
    Reducible,

    /// <summary>It is far larger than that of the fit to nine tenths of the measurements: the steps have found another fit.</summary>
    AnotherFit,

    /// <summary>The adjoint of A is not that of its forward map: no gradient was right.</summary>
    WrongAdjoint,
}
