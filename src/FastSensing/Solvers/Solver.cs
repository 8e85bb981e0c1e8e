using System.Numerics;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Solvers;

/// <summary>The one driver of all methods: initialise, then step, observe and check until something says stop.</summary>
public static class Solver
{
    /// <summary>Runs a method to its end.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="method">The method. Right after Restart, ContinueWith or InitializeAt the run starts from there.</param>
    /// <param name="stop">When to stop, apart from what the driver sees by itself: a loss that is not finite, divergence,
    /// breakdown, deadline, cancellation.</param>
    /// <param name="options">Observer, deadline and cancellation, or null.</param>
    /// <returns>
    /// The last iterate, seen through the method: valid until its next step. Where the run ended as NonFinite or Diverged it is
    /// the one before, the last step taken back; of a divergence the observer has seen the iterate beyond the limit as well.
    /// </returns>
    /// <remarks>Allocation: none.</remarks>
    public static SolveResult<T> Run<T>(IIterativeMethod<T> method, StoppingCriterion stop, RunOptions<T>? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(stop);
        RunClock clock = new(options?.Deadline, options?.CancellationToken ?? default);
        stop.Reset();
        method.Initialize();
        double limit = (options?.DivergenceFactor ?? RunOptions<T>.DefaultDivergenceFactor) * Math.Max(1, method.Current.Progress.RelativeResidual);
        SolveStatus status = Look(method, stop, options, clock, limit);
        while (status == SolveStatus.Running)
        {
            clock.Start();
            status = method.Step();
            clock.Stop();
            if (status == SolveStatus.Running)
            {
                status = Look(method, stop, options, clock, limit);
            }
        }

        if (status is SolveStatus.NonFinite or SolveStatus.Diverged)
        {
            method.Revert();
        }

        SolveResult<T> result = new(method, status, clock.Seconds, clock.AllocatedBytes);
        return options?.Diagnosis is { } diagnosis ? result with { Diagnosis = diagnosis.Explain(result) } : result;
    }

    private static SolveStatus Look<T>(
        IIterativeMethod<T> method, StoppingCriterion stop, RunOptions<T>? options, in RunClock clock, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IterationInfo<T> info = method.Current;

        // A loss alone may be beyond the largest double although the iterate is a good one, where the squares of y are.
        if (!double.IsFinite(info.Progress.Loss) && !double.IsFinite(info.Progress.RelativeResidual))
        {
            return SolveStatus.NonFinite;
        }

        IterationProgress progress = info.Progress with { Seconds = clock.Seconds };
        IterationInfo<T> seen = new(progress, info.Left, info.Right);
        options?.Diagnosis?.Observe(seen);
        ObserverVerdict verdict = options?.Observer?.Observe(seen) ?? ObserverVerdict.Continue;
        SolveStatus status = stop.Check(progress);
        if (status != SolveStatus.Running)
        {
            return status;
        }

        return progress.RelativeResidual > limit ? SolveStatus.Diverged
            : verdict == ObserverVerdict.Stop ? SolveStatus.StoppedByObserver
            : clock.Interruption;
    }
}
