namespace FastSensing.Solvers.Damping;

/// <summary>lambda = factor * sigma_r at every step, with sigma_r the r-th singular value of A*(y) / s^2.</summary>
/// <remarks>
/// The analysis of ScaledGD(lambda) wants lambda between a hundredth of the smallest singular value sought and that value
/// itself, which nobody knows; this is its estimate. It errs upwards: the noise of A*(y) adds to it, the more the fewer the
/// measurements. Reference: Xu, Shen, Chi, Ma, ICML 2023 (arXiv 2302.01186), the range of lambda.
/// </remarks>
public sealed record SpectralDamping : DampingRule
{
    /// <summary>Fixes factor and rank.</summary>
    /// <param name="factor">Finite and not negative; 0.5 to 1 is usual.</param>
    /// <param name="rank">r >= 1, or null for the problem's rank, or else the factor width.</param>
    public SpectralDamping(double factor = 0.5, int? rank = null)
    {
        if (rank < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(rank), $"The rank of the damping is {rank}; it must be at least 1.");
        }

        Factor = RequireNonNegative(factor);
        Rank = rank;
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>r, where it is given.</summary>
    public int? Rank { get; }

    /// <inheritdoc/>
    public override int RankFor(int expected) => Rank ?? expected;

    /// <inheritdoc/>
    public override double DampingFor(in DampingState state) => Factor * state.SigmaR;
}
