using System.Numerics;
using FastSensing.Solvers.Observers;

namespace FastSensing.Solvers;

/// <summary>Options of MatrixSensing.Solve; the defaults need no tuning.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record SolveOptions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Relative residual that must be reached to be Converged; null for <see cref="DefaultTolerance"/>, or the noise level
    /// where the measurements are noisy.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>Steps of all stages together; null for no limit but those of the stages.</summary>
    public int? MaximumIterations { get; init; }

    /// <summary>Wall-clock time after which the best factors so far are returned, with TimeLimit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Seed of the random start and of the choice of held-out measurements.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Columns of the damped stages, at least 1; null for as many as the measurements can bear, and at least the rank. No
    /// larger rank is tried, so noise is told from misfit only where the rank is smaller.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>
    /// Sees the iterates of the run on all measurements (Fitting, then Polishing, numbered through); its time is not
    /// counted. The first iterate of Polishing is the last of Fitting cut to the chosen rank.
    /// </summary>
    public IIterationObserver<T>? Observer { get; init; }

    /// <summary>Records the run on all measurements; the result carries it.</summary>
    public Trace<T>? Trace { get; init; }

    /// <summary>Called for every iterate of every stage, on the calling thread.</summary>
    public Action<SolveProgress>? Progress { get; init; }
}
