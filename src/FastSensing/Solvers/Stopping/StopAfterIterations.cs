namespace FastSensing.Solvers.Stopping;

/// <summary>IterationLimit once the given number of iterations is done.</summary>
/// <param name="iterations">At least 0; 0 evaluates the initial point only.</param>
public sealed class StopAfterIterations(int iterations) : StoppingCriterion
{
    private readonly int _iterations = iterations >= 0
        ? iterations
        : throw new ArgumentOutOfRangeException(nameof(iterations), $"The number of iterations is {iterations}; it cannot be negative.");

    /// <inheritdoc/>
    public override SolveStatus Check(in IterationProgress progress) =>
        progress.Iteration >= _iterations ? SolveStatus.IterationLimit : SolveStatus.Running;
}
