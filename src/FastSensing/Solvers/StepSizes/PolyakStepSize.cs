namespace FastSensing.Solvers.StepSizes;

/// <summary>eta = factor loss / ||gradient||^2, at most clip / sigma1: the step of Polyak for a least loss of 0, so without noise.</summary>
/// <remarks>Cost of a step: one operator call. Reference: Polyak, USSR Computational Mathematics 9, 1969.</remarks>
public sealed record PolyakStepSize : StepSizeRule
{
    /// <summary>Fixes the numbers.</summary>
    /// <param name="factor">Positive and finite; 1 is Polyak's step, 2 exact for a parabola in one variable.</param>
    /// <param name="clip">The longest step, in units of 1 / sigma1; positive and finite.</param>
    public PolyakStepSize(double factor = 1, double clip = 3)
    {
        Factor = RequirePositive(factor);
        Clip = RequirePositive(clip);
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>The longest step, in units of 1 / sigma1.</summary>
    public double Clip { get; }

    /// <inheritdoc/>
    public override bool LooksAhead => true;

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Over(Clip, curvature);
}
