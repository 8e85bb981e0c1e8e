namespace FastSensing.Solvers.Stopping;

/// <summary>Diverged once the relative residual is above its lowest value so far by the given factor: the steps are too long.</summary>
/// <param name="factor">Above 1; near 1 it also stops runs that only waver.</param>
public sealed class StopWhenRising(double factor) : StoppingCriterion
{
    private readonly double _factor = factor > 1
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), $"The factor is {factor}; it must be above 1.");

    private double _lowest = double.PositiveInfinity;

    /// <inheritdoc/>
    public override void Reset() => _lowest = double.PositiveInfinity;

    /// <inheritdoc/>
    public override SolveStatus Check(in IterationProgress progress)
    {
        _lowest = Math.Min(_lowest, progress.RelativeResidual);
        return progress.RelativeResidual > _factor * _lowest ? SolveStatus.Diverged : SolveStatus.Running;
    }
}
