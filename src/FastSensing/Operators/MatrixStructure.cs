namespace FastSensing.Operators;

/// <summary>What is known of the unknown matrix X beforehand.</summary>
public enum MatrixStructure
{
    /// <summary>Any rows x columns matrix, factored as X = L R^T.</summary>
    General,

    /// <summary>Symmetric positive semidefinite, factored as X = U U^T; a measurement matrix A_i means its symmetric part.</summary>
    Symmetric,
}
