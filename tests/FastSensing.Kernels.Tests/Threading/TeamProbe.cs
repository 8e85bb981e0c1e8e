using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>Tasks that look at the participants of a team from inside.</summary>
internal static unsafe class TeamProbe
{
    /// <summary>Work enough for every thread to be woken.</summary>
    public const double PlentyOfWork = 1e18;

    /// <summary>Runs a task of one chunk per participant in which nobody goes on before everybody has a chunk; every participant hence takes part.</summary>
    /// <param name="team">The team.</param>
    /// <param name="bytes">Bytes that each participant has allocated in its life.</param>
    public static void ReadAllocatedBytes(WorkerTeam team, Span<long> bytes)
    {
        fixed (long* pointer = bytes)
        {
            Meeting meeting = new() { Bytes = pointer, Expected = team.Size };
            Run(team, &Meet, &meeting, team.Size);
        }
    }

    /// <summary>Runs a task in the team's one free moment.</summary>
    public static void Run(WorkerTeam team, delegate*<void*, int, int, void> body, void* work, int chunks)
    {
        while (!team.TryEnter())
        {
            Thread.Yield();
        }

        try
        {
            team.Run(new TeamTask(body, work, chunks), team.Size, PlentyOfWork);
        }
        finally
        {
            team.Leave();
        }
    }

    /// <summary>Allocates on every participant.</summary>
    public static void AllocateOnEveryThread(WorkerTeam team)
    {
        Meeting meeting = new() { Expected = team.Size };
        Run(team, &MeetAndAllocate, &meeting, team.Size);
    }

    private static void Meet(void* work, int chunk, int participant)
    {
        var meeting = (Meeting*)work;
        meeting->Bytes[participant] = GC.GetAllocatedBytesForCurrentThread();
        WaitForAll(meeting);
    }

    private static void MeetAndAllocate(void* work, int chunk, int participant)
    {
        GC.KeepAlive(new object());
        WaitForAll((Meeting*)work);
    }

    private static void WaitForAll(Meeting* meeting)
    {
        Interlocked.Increment(ref meeting->Present);
        while (Volatile.Read(ref meeting->Present) < meeting->Expected)
        {
            Thread.Yield();
        }
    }

    private struct Meeting
    {
        public long* Bytes;
        public int Expected;
        public int Present;
    }
}
