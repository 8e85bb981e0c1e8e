namespace FastSensing.Solvers.Damping;

/// <summary>lambda = value at every step, as in the analysis of ScaledGD(lambda); of the order of the smallest singular value sought.</summary>
public sealed record ConstantDamping : DampingRule
{
    /// <summary>Fixes lambda.</summary>
    /// <param name="value">Finite and not negative, in the units of X. 0 gives ScaledGD.</param>
    public ConstantDamping(double value) => Value = RequireNonNegative(value);

    /// <summary>lambda.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override double DampingFor(in DampingState state) => Value;
}
