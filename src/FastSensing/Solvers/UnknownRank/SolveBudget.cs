using System.Diagnostics;
using System.Numerics;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>What is left of time and steps, and what the stages have used up together.</summary>
internal sealed class SolveBudget(TimeSpan? deadline, int? maximumIterations, CancellationToken cancellationToken)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private double _bytes;

    public int Iterations { get; private set; }

    public double Seconds { get; private set; }

    public double BytesPerIteration => _bytes / Math.Max(1, Iterations);

    /// <summary>Why no further stage may begin, or Running.</summary>
    public SolveStatus Interruption =>
        cancellationToken.IsCancellationRequested ? SolveStatus.Cancelled
        : Remaining <= TimeSpan.Zero ? SolveStatus.TimeLimit
        : Iterations >= (maximumIterations ?? int.MaxValue) ? SolveStatus.IterationLimit
        : SolveStatus.Running;

    private TimeSpan? Remaining => deadline is { } limit ? limit - Stopwatch.GetElapsedTime(_begin) : null;

    /// <summary>The steps a stage may make that would like to make so many.</summary>
    public int Grant(int wanted) => Math.Min(wanted, (maximumIterations ?? int.MaxValue) - Iterations);

    /// <summary>Run options of a stage under this budget.</summary>
    public RunOptions<T> Options<T>(IIterationObserver<T>? observer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            Observer = observer,
            Deadline = Remaining is { } left && left < TimeSpan.Zero ? TimeSpan.Zero : Remaining,
            CancellationToken = cancellationToken,
        };

    /// <summary>Books the run of a stage.</summary>
    public void Book<T>(in SolveResult<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Iterations += result.Iterations;
        Seconds += result.Seconds;
        _bytes += result.AllocatedBytesPerIteration * result.Iterations;
    }
}
