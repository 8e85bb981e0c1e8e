namespace FastSensing.Solvers.StepSizes;

/// <summary>eta = value / sigma1 for gradient methods, eta = value for scaled methods: a pure number, the same for every X.</summary>
public sealed record RelativeStepSize : StepSizeRule
{
    /// <summary>Fixes the number.</summary>
    /// <param name="value">Positive and finite; 0.1 to 0.5 is usual.</param>
    public RelativeStepSize(double value) => Value = RequirePositive(value);

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Over(Value, curvature);
}
