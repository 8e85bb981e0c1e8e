namespace FastSensing.Solvers.Stopping;

/// <summary>Converged once ||A(X) - y|| / ||y|| is at most the tolerance.</summary>
/// <param name="tolerance">Positive and finite. The recovery error is then typically 1.7 to 2 times as large.</param>
public sealed class StopWhenResidualBelow(double tolerance) : StoppingCriterion
{
    private readonly double _tolerance = double.IsFinite(tolerance) && tolerance > 0
        ? tolerance
        : throw new ArgumentOutOfRangeException(nameof(tolerance), $"The tolerance is {tolerance}; it must be positive and finite.");

    /// <inheritdoc/>
    public override SolveStatus Check(in IterationProgress progress) =>
        progress.RelativeResidual <= _tolerance ? SolveStatus.Converged : SolveStatus.Running;
}
