namespace FastSensing.Solvers.Damping;

/// <summary>lambda_t = sigma1 * max(first * ratio^t, floor): a damping that decays whatever the residual does.</summary>
/// <remarks>
/// With noise the loss does not vanish and so neither would its root. Reference: Zhang, Chiu, Zhang, AISTATS 2024
/// (arXiv 2305.17224), noisy PrecGD.
/// </remarks>
public sealed record GeometricDamping : DampingRule
{
    /// <summary>Fixes the sequence.</summary>
    /// <param name="first">lambda_0 / sigma1, finite and not negative.</param>
    /// <param name="ratio">Of one damping to the one before, in (0, 1].</param>
    /// <param name="floor">Smallest lambda / sigma1, finite and not negative.</param>
    public GeometricDamping(double first = 1, double ratio = 0.9, double floor = 1e-12)
    {
        if (!(ratio is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ratio), $"The ratio of the damping is {ratio}; it must be above 0 and at most 1.");
        }

        First = RequireNonNegative(first);
        Ratio = ratio;
        Floor = RequireNonNegative(floor);
    }

    /// <summary>lambda_0 / sigma1.</summary>
    public double First { get; }

    /// <summary>Of one damping to the one before.</summary>
    public double Ratio { get; }

    /// <summary>Smallest lambda / sigma1.</summary>
    public double Floor { get; }

    /// <inheritdoc/>
    public override double DampingFor(in DampingState state) => state.Sigma1 * Math.Max(First * Math.Pow(Ratio, state.Iteration), Floor);
}
