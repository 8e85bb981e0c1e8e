namespace FastSensing.Solvers.StepSizes;

/// <summary>
/// eta = the first of e, e / 2, e / 4, ... with loss(X after the step) &lt;= loss - slope eta ||gradient||^2: Armijo backtracking,
/// where e is twice the step before (the step before itself at a gradient of zero), and first / sigma1 to begin with.
/// </summary>
/// <remarks>
/// Cost of a step: one operator call for each trial, the accepted one included, whose gradient is then known already; so
/// one, and one more for each halving, about two. After 40 halvings the step is taken as it is. Reference: Armijo 1966.
/// </remarks>
public sealed record ArmijoStepSize : StepSizeRule
{
    /// <summary>Fixes the numbers.</summary>
    /// <param name="first">The first trial is first / sigma1. Positive and finite.</param>
    /// <param name="slope">The share of the predicted decrease that is asked for, in (0, 1).</param>
    public ArmijoStepSize(double first = 0.5, double slope = 0.1)
    {
        if (!(slope is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(slope), $"The slope is {slope}; it must lie between 0 and 1.");
        }

        First = RequirePositive(first);
        Slope = slope;
    }

    /// <summary>The first trial, in units of 1 / sigma1.</summary>
    public double First { get; }

    /// <summary>The share of the predicted decrease that is asked for.</summary>
    public double Slope { get; }

    /// <inheritdoc/>
    public override bool LooksAhead => true;

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Over(First, curvature);
}
