namespace FastSensing.Solvers.StepSizes;

/// <summary>How long the steps of a method are. A plain number converts to a <see cref="RelativeStepSize"/>.</summary>
/// <remarks>Rules are immutable and hold no workspace: any number of methods may share one.</remarks>
public abstract record StepSizeRule
{
    /// <summary>
    /// Whether the rule looks along the gradient, at the cost it declares: only methods that move along the plain gradient
    /// of the loss can serve it, the others refuse it.
    /// </summary>
    public virtual bool LooksAhead => false;

    /// <summary>
    /// The factor eta in front of the (preconditioned) gradient; of a rule that looks ahead the one it begins with, or the
    /// largest that it allows.
    /// </summary>
    /// <param name="curvature">
    /// The estimated largest singular value of X for gradient methods; 1 for scaled methods, whose preconditioner has
    /// divided by it already. 0 where y is 0: the rules here that measure steps by it then give 0.
    /// </param>
    public abstract double StepFor(double curvature);

    /// <summary>A <see cref="RelativeStepSize"/>, or null for null.</summary>
    /// <param name="value">The relative step size.</param>
    public static implicit operator StepSizeRule?(double? value) => FromDouble(value);

    /// <summary>A <see cref="RelativeStepSize"/>, or null for null.</summary>
    /// <param name="value">The relative step size.</param>
    public static StepSizeRule? FromDouble(double? value) => value is { } number ? new RelativeStepSize(number) : null;

    /// <summary>The rule, for methods that cannot serve one that looks ahead.</summary>
    internal StepSizeRule Plain(string method) => LooksAhead
        ? throw new ArgumentException($"{GetType().Name} looks along the gradient of the loss; {method} moves along something else, and takes a number only.")
        : this;

    /// <summary>A step measured by the curvature; without any to measure it by, none.</summary>
    private protected static double Over(double share, double curvature) => curvature == 0 ? 0 : share / curvature;

    private protected static double RequirePositive(double value) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The step size is {value}; it must be positive and finite.");
}
