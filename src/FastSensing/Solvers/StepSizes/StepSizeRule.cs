namespace FastSensing.Solvers.StepSizes;

/// <summary>How long the steps of a method are. A plain number converts to a <see cref="RelativeStepSize"/>.</summary>
/// <remarks>Rules are immutable and hold no workspace: any number of methods may share one.</remarks>
public abstract record StepSizeRule
{
    /// <summary>The factor eta in front of the (preconditioned) gradient.</summary>
    /// <param name="curvature">
    /// The estimated largest singular value of X for gradient methods; 1 for scaled methods, whose preconditioner has
    /// divided by it already.
    /// </param>
    public abstract double StepFor(double curvature);

    /// <summary>A <see cref="RelativeStepSize"/>, or null for null.</summary>
    /// <param name="value">The relative step size.</param>
    public static implicit operator StepSizeRule?(double? value) => FromDouble(value);

    /// <summary>A <see cref="RelativeStepSize"/>, or null for null.</summary>
    /// <param name="value">The relative step size.</param>
    public static StepSizeRule? FromDouble(double? value) => value is { } number ? new RelativeStepSize(number) : null;

    private protected static double RequirePositive(double value) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The step size is {value}; it must be positive and finite.");
}
