using System.Numerics;
using FastSensing.Solvers.Causes;

namespace FastSensing.Solvers;

/// <summary>What may interrupt or watch a run.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record RunOptions<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal const double DefaultDivergenceFactor = 1e3;

    /// <summary>Sees every iterate; its time is not counted.</summary>
    public IIterationObserver<T>? Observer { get; init; }

    /// <summary>Watches the run and puts the cause of a failure into the result's Diagnosis; null costs nothing.</summary>
    public RunDiagnosis<T>? Diagnosis { get; init; }

    /// <summary>Wall-clock time after which the run ends with TimeLimit, observers included; checked after each step.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Ends the run with Cancelled; checked after each step.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// A relative residual beyond this many times max(1, the initial one) ends the run with Diverged; by default 1e3.
    /// Scaled methods with a tiny constant damping overshoot further for a few steps and come back: give infinity then.
    /// </summary>
    public double DivergenceFactor { get; init; } = DefaultDivergenceFactor;
}
