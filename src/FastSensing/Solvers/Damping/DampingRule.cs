namespace FastSensing.Solvers.Damping;

/// <summary>How the damping lambda of a damped method is chosen at each step. A plain number converts to a <see cref="ConstantDamping"/>.</summary>
/// <remarks>Rules are immutable and hold no workspace: any number of methods may share one.</remarks>
public abstract record DampingRule
{
    /// <summary>Which singular value of X the rule wants an estimate of; the first unless it says otherwise.</summary>
    /// <param name="expected">The rank of the problem where it is known, else the factor width.</param>
    public virtual int RankFor(int expected) => 1;

    /// <summary>lambda, in the units of X.</summary>
    /// <param name="state">The current iterate and what is known of X.</param>
    public abstract double DampingFor(in DampingState state);

    /// <summary>A <see cref="ConstantDamping"/>, or null for null.</summary>
    /// <param name="value">lambda, in the units of X.</param>
    public static implicit operator DampingRule?(double? value) => FromDouble(value);

    /// <summary>A <see cref="ConstantDamping"/>, or null for null.</summary>
    /// <param name="value">lambda, in the units of X.</param>
    public static DampingRule? FromDouble(double? value) => value is { } number ? new ConstantDamping(number) : null;

    private protected static double RequireNonNegative(double value) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The damping is {value}; it must be finite and not negative.");
}
