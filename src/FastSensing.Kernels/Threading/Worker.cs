using System.Diagnostics;
using System.Globalization;

namespace FastSensing.Kernels.Threading;

/// <summary>One thread of a team: takes chunks, looks out for more for a short while, parks.</summary>
/// <remarks>It knows the state only, never the team: a team that nobody holds any more is collected, and ends its workers.</remarks>
internal sealed class Worker
{
    // Inside a call the next task follows soon.
    private static readonly long SpinAfterCall = Stopwatch.Frequency / 10_000;
    private static readonly long SpinInCall = Stopwatch.Frequency / 1000;
    private const int PausesPerLook = 32;

    private readonly TeamState _state;
    private readonly int _participant;
    private readonly object _gate = new();
    private int _parked;
    private bool _called;

    public Worker(TeamState state, int participant)
    {
        _state = state;
        _participant = participant;
        Thread = new Thread(Loop)
        {
            IsBackground = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"FastSensing {participant}"),
        };
    }

    public Thread Thread { get; }

    /// <summary>Unparks the worker; nothing if it is awake.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _parked) == 0)
        {
            return;
        }

        lock (_gate)
        {
            _called = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Makes a parked worker look at <see cref="TeamState.Stopping"/>.</summary>
    public void NoticeStop()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        _state.CountAwake(+1);
        while (!_state.Stopping)
        {
            _state.Drain(_participant);
            if (!SeesWork())
            {
                Park();
            }
        }
    }

    private bool SeesWork()
    {
        if (!_state.MaySpin)
        {
            return _state.HasWork;
        }

        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int pause = 0; pause < PausesPerLook; pause++)
            {
                if (_state.HasWork || _state.Stopping)
                {
                    return true;
                }

                Thread.SpinWait(1);
            }

            // Whoever else needs this core gets it.
            Thread.Yield();
        }
        while (!_state.IsOnTheCallersCore && Stopwatch.GetTimestamp() - start < (_state.Entered ? SpinInCall : SpinAfterCall));
        return false;
    }

    /// <summary>
    /// Sleeps until called. Who has work publishes it and then looks whether a worker is parked; a worker says that it is
    /// parked and then looks for work: one of the two sees the other.
    /// </summary>
    private void Park()
    {
        lock (_gate)
        {
            _state.CountAwake(-1);
            Volatile.Write(ref _parked, 1);
            Interlocked.MemoryBarrier();
            while (!_called && !_state.Stopping && !_state.HasWork)
            {
                Monitor.Wait(_gate);
            }

            _called = false;
            Volatile.Write(ref _parked, 0);
            _state.CountAwake(+1);
        }
    }
}
