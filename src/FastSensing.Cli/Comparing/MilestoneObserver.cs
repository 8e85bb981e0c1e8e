using System.Numerics;
using FastSensing.Solvers;
using FastSensing.Solvers.Observers;

namespace FastSensing.Cli.Comparing;

/// <summary>Notes when a run first comes down to each of <see cref="Milestone.Errors"/>: of the recovery error, or of the relative residual where no truth is known.</summary>
internal sealed class MilestoneObserver<T>(RecoveryErrorObserver<T>? errors, Func<long> calls) : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private long _callsAtStart;

    /// <summary>One for each error.</summary>
    public Milestone[] Reached { get; } = [.. Milestone.Errors.Select(_ => Milestone.Never)];

    /// <summary>What the whole run took so far.</summary>
    public Milestone Total { get; private set; }

    /// <summary>Of the last iterate.</summary>
    public double Error { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        IterationProgress progress = info.Progress;
        _callsAtStart = progress.Iteration == 0 ? calls() : _callsAtStart;
        Total = new Milestone(progress.Iteration, progress.Seconds, calls() - _callsAtStart);
        errors?.Observe(info);
        Error = errors?.Error ?? progress.RelativeResidual;
        for (int i = 0; i < Reached.Length; i++)
        {
            if (Error <= Milestone.Errors[i] && Reached[i] == Milestone.Never)
            {
                Reached[i] = Total;
            }
        }

        return ObserverVerdict.Continue;
    }
}
