using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace FastSensing.Kernels.Threading;

/// <summary>
/// What the threads of a team share: the task in hand, from which whoever is awake takes one chunk after the other. The
/// caller takes chunks too, so a worker that comes late costs nothing, and the only wait is for chunks that are being computed.
/// </summary>
/// <remarks>
/// The ticket holds the number of the task and the number of chunks that nobody has taken: taking one is an exchange that
/// fails when either has changed since the task was read, so a worker that was held up can take no chunk of another task.
/// </remarks>
internal sealed unsafe class TeamState
{
    private const int ChunkBits = 16;

    /// <summary>Pauses before the caller lets others have its core while it waits: some microseconds.</summary>
    private const int PausesBeforeYield = 100;

    /// <summary>A wait this long, and as long as several chunks take, means that a worker has lost its core.</summary>
    private static readonly long LongWait = Stopwatch.Frequency / 3000;
    private const int LongWaitInChunks = 4;
    private static readonly long ShortestRest = Stopwatch.Frequency / 100;
    private static readonly long LongestRest = Stopwatch.Frequency / 2;
    private static readonly long Probation = Stopwatch.Frequency / 10;

    private readonly Worker[] _workers;
    private PaddedCounter _ticket;
    private PaddedCounter _pending;
    private PaddedCounter _awake;
    private TeamTask _task;
    private Exception? _fault;
    private int _entered;
    private volatile bool _stopping;
    private volatile bool _lacksCores;
    private volatile int _callerProcessor;
    private long _restUntil;
    private long _rest = ShortestRest;

    /// <summary>Starts the workers.</summary>
    /// <param name="workers">Their number.</param>
    public TeamState(int workers)
    {
        // With fewer cores than threads, whoever spins keeps others from working.
        MaySpin = Environment.ProcessorCount > workers;
        _workers = new Worker[workers];
        for (int i = 0; i < workers; i++)
        {
            _workers[i] = new Worker(this, participant: i + 1);
        }

        int started = 0;
        try
        {
            for (; started < workers; started++)
            {
                _workers[started].Thread.UnsafeStart();
            }
        }
        finally
        {
            if (started < workers)
            {
                Stop();
            }
        }
    }

    /// <summary>The workers' threads.</summary>
    public Thread[] Threads => Array.ConvertAll(_workers, worker => worker.Thread);

    /// <summary>Whether workers may look out for work for a short while before they park.</summary>
    public bool MaySpin { get; }

    /// <summary>Whether the workers are to end.</summary>
    public bool Stopping => _stopping;

    /// <summary>Whether somebody has entered.</summary>
    public bool Entered => Volatile.Read(ref _entered) != 0;

    /// <summary>Whether there are chunks that nobody has taken.</summary>
    public bool HasWork => (Volatile.Read(ref _ticket.Value) & TeamTask.MostChunks) != 0;

    /// <summary>Whether a worker is awake, and so can be had for nothing.</summary>
    public bool HasAwakeWorker => Volatile.Read(ref _awake.Value) > 0;

    /// <summary>Whether the workers are left alone for a while, because other processes need their cores.</summary>
    public bool Resting => _restUntil != 0 && Stopwatch.GetTimestamp() < _restUntil;

    /// <summary>Whether this thread has been put on the core of the caller, where it can only be in its way.</summary>
    public bool IsOnTheCallersCore => Thread.GetCurrentProcessorId() == _callerProcessor;

    /// <summary>Takes the team for one call, unless another call has it.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref _entered, 1, 0) == 0;

    /// <summary>Gives the team back.</summary>
    public void Leave() => Volatile.Write(ref _entered, 0);

    /// <summary>Called by a worker that parks, with -1, or comes back, with +1.</summary>
    public void CountAwake(int change) => Interlocked.Add(ref _awake.Value, change);

    /// <summary>Runs a task to its end, with up to <paramref name="toWake"/> parked workers and all that are awake.</summary>
    public void Run(in TeamTask task, int toWake)
    {
        _callerProcessor = Thread.GetCurrentProcessorId();
        _task = task;
        _pending.Value = task.Chunks;
        long number = (_ticket.Value >>> ChunkBits) + 1;
        Interlocked.Exchange(ref _ticket.Value, (number << ChunkBits) | (uint)task.Chunks);
        for (int i = 0; i < toWake; i++)
        {
            _workers[i].Wake();
        }

        long chunk = DrainAndTime();
        if (Volatile.Read(ref _pending.Value) != 0)
        {
            Wait(chunk);
        }

        Review();

        if (_fault is not null)
        {
            ExceptionDispatchInfo fault = ExceptionDispatchInfo.Capture(_fault);
            _fault = null;
            fault.Throw();
        }
    }

    /// <summary>Takes and computes chunks while there are any.</summary>
    public void Drain(int participant)
    {
        while (TryTake(out TeamTask task, out int chunk))
        {
            _lacksCores |= IsOnTheCallersCore;
            Compute(task, chunk, participant);
        }
    }

    /// <summary>Tells the workers to end; does not wait for them.</summary>
    public void Stop()
    {
        _stopping = true;
        foreach (Worker worker in _workers)
        {
            worker.NoticeStop();
        }
    }

    /// <summary>Waits until the workers have ended.</summary>
    public void Join()
    {
        foreach (Worker worker in _workers)
        {
            worker.Thread.Join();
        }
    }

    /// <summary>The caller's share; returns the time of its shortest chunk, of which the last of the task, often a small one, is none.</summary>
    private long DrainAndTime()
    {
        long shortest = long.MaxValue;
        long start = Stopwatch.GetTimestamp();
        while (TryTake(out TeamTask task, out int chunk))
        {
            Compute(task, chunk, participant: 0);
            long end = Stopwatch.GetTimestamp();
            shortest = chunk < task.Chunks - 1 ? Math.Min(shortest, end - start) : shortest;
            start = end;
        }

        return shortest;
    }

    private void Compute(in TeamTask task, int chunk, int participant)
    {
        try
        {
            task.Body(task.Work, chunk, participant);
        }
        catch (Exception fault) when (Keep(fault))
        {
            // Thrown again by the caller, once nobody uses its memory any more.
        }

        Interlocked.Decrement(ref _pending.Value);
    }

    private bool TryTake(out TeamTask task, out int chunk)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket.Value);
            int left = (int)(ticket & TeamTask.MostChunks);
            task = left == 0 ? default : _task;
            chunk = left - 1;
            if (left == 0 || Interlocked.CompareExchange(ref _ticket.Value, ticket - 1, ticket) == ticket)
            {
                return left != 0;
            }
        }
    }

    private bool Keep(Exception fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        return true;
    }

    private void Wait(long chunk)
    {
        long waiting = Stopwatch.GetTimestamp();
        SpinWait turn = default;
        for (int pauses = 0; Volatile.Read(ref _pending.Value) != 0; pauses++)
        {
            if (pauses < PausesBeforeYield && MaySpin)
            {
                Thread.SpinWait(1);
            }
            else
            {
                turn.SpinOnce(sleep1Threshold: -1);
            }
        }

        long waited = Stopwatch.GetTimestamp() - waiting;
        _lacksCores |= waited > LongWait && waited / LongWaitInChunks > chunk;
    }

    /// <summary>Leaves the workers alone for a while when the last task has shown that there is no core for them; longer every time.</summary>
    private void Review()
    {
        if (_lacksCores)
        {
            _lacksCores = false;
            _restUntil = Stopwatch.GetTimestamp() + _rest;
            _rest = Math.Min(2 * _rest, LongestRest);
        }
        else if (_rest > ShortestRest && Stopwatch.GetTimestamp() - _restUntil > Probation)
        {
            _rest = ShortestRest;
        }
    }
}
