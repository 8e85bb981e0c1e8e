namespace FastSensing.Diagnostics;

/// <summary>The law that a falling error follows.</summary>
public enum RateLaw
{
    /// <summary>Neither law fits clearly better, or the error does not fall.</summary>
    Undecided,

    /// <summary>e_t ~ exp(slope t): a straight line over the iterations.</summary>
    Linear,

    /// <summary>e_t ~ t^slope: a straight line over the logarithm of the iterations.</summary>
    Sublinear,
}
