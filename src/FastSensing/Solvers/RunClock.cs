using System.Diagnostics;

namespace FastSensing.Solvers;

/// <summary>Seconds and bytes spent inside steps, and the two things that interrupt a run from outside.</summary>
internal struct RunClock(TimeSpan? deadline, CancellationToken cancellationToken)
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private long _started;
    private long _ticks;
    private long _bytesBefore;
    private TimeSpan _pausesBefore;

    /// <summary>Time between Start and Stop, summed.</summary>
    public readonly double Seconds => (double)_ticks / Stopwatch.Frequency;

    /// <summary>
    /// Bytes that this thread allocated between Start and Stop. A piece in which the process paused to collect garbage is
    /// left out: a background collection takes away what was handed to the thread in advance, up to 8 KiB, and the
    /// runtime then counts it as allocated.
    /// </summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Cancelled, TimeLimit or Running.</summary>
    public readonly SolveStatus Interruption =>
        cancellationToken.IsCancellationRequested ? SolveStatus.Cancelled
        : deadline is { } limit && Stopwatch.GetElapsedTime(_begin) >= limit ? SolveStatus.TimeLimit
        : SolveStatus.Running;

    /// <summary>A timed piece begins.</summary>
    public void Start()
    {
        _pausesBefore = GC.GetTotalPauseDuration();
        _bytesBefore = GC.GetAllocatedBytesForCurrentThread();
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>A timed piece ends.</summary>
    public void Stop()
    {
        _ticks += Stopwatch.GetTimestamp() - _started;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytesBefore;
        AllocatedBytes += GC.GetTotalPauseDuration() == _pausesBefore ? bytes : 0;
    }
}
