namespace FastSensing.Kernels;

/// <summary>Which triangle of a square matrix a routine reads; the other one is never touched.</summary>
public enum Triangle
{
    /// <summary>The diagonal and everything below it.</summary>
    Lower,

    /// <summary>The diagonal and everything above it.</summary>
    Upper,
}
