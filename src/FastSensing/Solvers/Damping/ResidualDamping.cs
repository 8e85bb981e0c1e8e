namespace FastSensing.Solvers.Damping;

/// <summary>lambda = factor * sigma1 * ||A(X) - y|| / ||y||: large far from the solution, vanishing as the fit improves.</summary>
/// <remarks>
/// The relative residual is a running estimate of how much of X, in units of sigma1, has not been found yet; directions
/// below it are damped, directions above it get the full scaled step. No singular value but the first must be known.
/// A factor of 1 suits a small random start with more columns than the rank; a small factor (0.05) only guards the
/// inverse when the rank is known. Reference: the damping sqrt(loss) of PrecGD (Zhang, Fattahi, Zhang 2021), made
/// free of units.
/// </remarks>
public sealed record ResidualDamping : DampingRule
{
    /// <summary>Fixes the factor.</summary>
    /// <param name="factor">Finite and not negative.</param>
    public ResidualDamping(double factor) => Factor = RequireNonNegative(factor);

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override double DampingFor(in DampingState state) => Factor * state.Sigma1 * state.RelativeResidual;
}
