namespace FastSensing.Solvers.Damping;

/// <summary>lambda = factor * sqrt(loss): the damping of PrecGD, within constant factors of ||X - X*||_F.</summary>
/// <remarks>
/// The damping that makes gradient descent with more columns than the rank linear again: it vanishes as the error does, and
/// not faster. Reference: Zhang, Fattahi, Zhang, NeurIPS 2021 (arXiv 2504.09708), eta_t = sqrt(f(X_t)).
/// </remarks>
public sealed record LossDamping : DampingRule
{
    /// <summary>Fixes the factor.</summary>
    /// <param name="factor">Finite and not negative.</param>
    public LossDamping(double factor = 1) => Factor = RequireNonNegative(factor);

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override double DampingFor(in DampingState state) => Factor * state.RootLoss;
}
