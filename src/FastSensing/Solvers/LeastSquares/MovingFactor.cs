namespace FastSensing.Solvers.LeastSquares;

/// <summary>Which factors of X = L R^T are the unknowns of a least-squares problem.</summary>
internal enum MovingFactor
{
    /// <summary>P of P V^T.</summary>
    Left,

    /// <summary>Q of U Q^T.</summary>
    Right,

    /// <summary>P and Q of P V^T + U Q^T.</summary>
    Both,

    /// <summary>P of P U^T + U P^T, for a symmetric X.</summary>
    Symmetric,
}
