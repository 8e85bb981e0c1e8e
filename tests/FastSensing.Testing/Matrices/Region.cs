namespace FastSensing.Testing.Matrices;

/// <summary>The part of a square matrix that a routine may touch.</summary>
public enum Region
{
    /// <summary>Every element.</summary>
    All,

    /// <summary>The diagonal and what lies below it.</summary>
    Lower,

    /// <summary>The diagonal and what lies above it.</summary>
    Upper,
}
