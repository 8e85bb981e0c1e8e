namespace FastSensing.Solvers.StepSizes;

/// <summary>eta = value whatever the estimate of sigma1 says: for checks of theory, where eta is given in units of 1 / X.</summary>
public sealed record AbsoluteStepSize : StepSizeRule
{
    /// <summary>Fixes eta.</summary>
    /// <param name="value">Positive and finite, in units of 1 / X for gradient methods.</param>
    public AbsoluteStepSize(double value) => Value = RequirePositive(value);

    /// <summary>eta.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Value;
}
