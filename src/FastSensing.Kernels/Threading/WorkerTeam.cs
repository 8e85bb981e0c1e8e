using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Threading;

/// <summary>
/// Threads that help a caller with the chunks of a task: started once, parked when idle, without an allocation per task.
/// One call at a time has the team; another that comes meanwhile runs alone.
/// </summary>
/// <remarks>
/// <para>The threads are background threads: they keep no process alive. They end with <see cref="Dispose"/>, or after the
/// garbage collector has found that nobody holds the team.</para>
/// <para>Which thread computes a chunk is left to chance, what a chunk is must not be: bits do not depend on the team as long
/// as no sum is split among chunks.</para>
/// </remarks>
internal sealed unsafe class WorkerTeam : IDisposable
{
    /// <summary>Most participants.</summary>
    public const int LargestSize = 1024;

    /// <summary>Multiply-adds of Gemm for each participant, below which one more of them does not pay: some 15 microseconds.</summary>
    public const long DefaultGrain = 1 << 20;

    /// <summary>Grains of work for which a parked thread is woken: it takes some 50 microseconds to come.</summary>
    private const int GrainsPerWake = 8;

    private readonly TeamState _state;
    private readonly AlignedBuffer<byte> _memory;
    private readonly int _memoryPerWorker;
    private int _disposed;

    /// <summary>Starts the threads and gives each its memory.</summary>
    /// <param name="size">Participants, the caller included: 2 to <see cref="LargestSize"/>.</param>
    /// <param name="memoryPerWorker">Bytes of working memory that every participant but the caller gets.</param>
    /// <param name="grain">Multiply-adds that make a participant worth while.</param>
    public WorkerTeam(int size, int memoryPerWorker, long grain = DefaultGrain)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        Size = size;
        Grain = grain;
        _memoryPerWorker = (memoryPerWorker + AlignedBuffer<byte>.Alignment - 1) / AlignedBuffer<byte>.Alignment * AlignedBuffer<byte>.Alignment;
        _memory = new AlignedBuffer<byte>((nint)_memoryPerWorker * (size - 1));
        _state = new TeamState(size - 1);
    }

    ~WorkerTeam() => _state?.Stop();

    /// <summary>Participants, the caller included.</summary>
    public int Size { get; }

    /// <summary>Multiply-adds of Gemm that make a participant worth while.</summary>
    public long Grain { get; }

    /// <summary>The threads, for tests.</summary>
    public Thread[] Threads => _state.Threads;

    /// <summary>A workspace for each participant.</summary>
    /// <param name="ofCaller">That of the caller.</param>
    public TeamMemory<T> Memory<T>(T* ofCaller)
        where T : unmanaged => new(ofCaller, _memory.Pointer, _memoryPerWorker);

    /// <summary>Makes the system provide the working memory now, unless a call has the team.</summary>
    public void TouchMemory()
    {
        if (!TryEnter())
        {
            return;
        }

        for (nint start = 0; start < _memory.Length; start += _memoryPerWorker)
        {
            _memory.Slice(start, _memoryPerWorker).Clear();
        }

        Leave();
    }

    /// <summary>
    /// Participants that <paramref name="work"/> multiply-adds of Gemm are worth now. 1 also where they would have to be
    /// woken and that does not pay, or where they would get no core.
    /// </summary>
    public int ParticipantsFor(double work)
    {
        int participants = (int)Math.Min(Size, work / Grain);
        bool worthwhile = participants > 1 && (Wakes(work) || _state.HasAwakeWorker) && !_state.Resting;
        return worthwhile ? participants : 1;
    }

    /// <summary>The same between the tasks of a call: 1 after a task that has shown that other processes need the cores.</summary>
    public int Still(int participants) => _state.Resting ? 1 : participants;

    /// <summary>Takes the team for one call, unless another call has it or it is disposed.</summary>
    public bool TryEnter() => _state.TryEnter();

    /// <summary>Gives the team back.</summary>
    public void Leave() => _state.Leave();

    /// <summary>
    /// Runs every chunk of a task and returns when all are done; an exception of one is thrown when no chunk runs any more.
    /// For whoever has the team.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="participants">Threads that it is worth, see <see cref="ParticipantsFor"/>.</param>
    /// <param name="work">Its multiply-adds.</param>
    public void Run(in TeamTask task, int participants, double work)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(task.Chunks, TeamTask.MostChunks);
        if (participants > 1 && task.Chunks > 1)
        {
            int helpers = Math.Min(participants, task.Chunks) - 1;
            _state.Run(task, Wakes(work) ? helpers : 0);
            return;
        }

        for (int chunk = task.Chunks - 1; chunk >= 0; chunk--)
        {
            task.Body(task.Work, chunk, 0);
        }
    }

    /// <summary>Ends the threads, after the call that has the team; later calls find no team. Returns when they have ended.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        GC.SuppressFinalize(this);
        SpinWait turn = default;
        while (!_state.TryEnter())
        {
            turn.SpinOnce();
        }

        _state.Stop();
        _state.Join();
        _memory.Dispose();
    }

    private bool Wakes(double work) => work >= (double)GrainsPerWake * Grain;
}
