namespace FastSensing.Solvers.Stopping;

/// <summary>
/// Stalled once the best relative residual has not fallen by the given fraction within a window of iterations.
/// </summary>
/// <remarks>
/// The window compares with the best value so far, so single bad or small steps do not end a run. On a flat start (a
/// small random start far from the signal) the residual stays near 1 for long: give a window longer than that phase.
/// </remarks>
public sealed class StopWhenStalled : StoppingCriterion
{
    private readonly int _window;
    private readonly double _factor;
    private double _mark;
    private int _markedAt;

    /// <summary>Fixes the window.</summary>
    /// <param name="window">Iterations without enough progress, at least 1.</param>
    /// <param name="fraction">Progress that restarts the window, in (0, 1): 0.01 for one per cent.</param>
    public StopWhenStalled(int window, double fraction = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), $"The fraction is {fraction}; it must lie between 0 and 1.");
        }

        _window = window;
        _factor = 1 - fraction;
        Reset();
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _mark = double.PositiveInfinity;
        _markedAt = 0;
    }

    /// <inheritdoc/>
    public override SolveStatus Check(in IterationProgress progress)
    {
        if (progress.RelativeResidual < _factor * _mark)
        {
            _mark = progress.RelativeResidual;
            _markedAt = progress.Iteration;
        }

        return progress.Iteration - _markedAt >= _window ? SolveStatus.Stalled : SolveStatus.Running;
    }
}
