namespace FastSensing.Initialization;

/// <summary>Where a factor method starts.</summary>
public enum FactorStart
{
    /// <summary>Entries N(0, InitialScale^2 sigma1 / n): small and random, for any factor width.</summary>
    Random,

    /// <summary>The leading singular vectors of A*(y) / s^2, or its eigenvectors for X = U U^T; at most min(n1, n2) columns.</summary>
    Spectral,
}
