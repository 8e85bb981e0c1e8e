using System.Runtime.CompilerServices;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>The team itself: every chunk once, nobody forgotten, nobody hanging, nobody left.</summary>
public unsafe class WorkerTeamTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Run_AnyNumberOfChunks_ComputesEachOnce(int size)
    {
        using var team = new WorkerTeam(size, 64);
        foreach (int chunks in (int[])[1, 2, 5, 1000, TeamTask.MostChunks])
        {
            int[] counts = new int[chunks];
            fixed (int* pointer = counts)
            {
                TeamProbe.Run(team, &Count, pointer, chunks);
            }

            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Run_MoreChunksThanATicketHolds_IsRefused()
    {
        using var team = new WorkerTeam(2, 64);
        Assert.Throws<ArgumentOutOfRangeException>(() => TeamProbe.Run(team, &Count, null, TeamTask.MostChunks + 1));
    }

    // Nobody leaves a chunk before all have one: a call to a parked thread that got lost would hang here.
    [Fact]
    public void Run_WhetherThreadsSpinOrParkOrAreJustParking_CallsThemAll() => Watchdog.Run(() =>
    {
        foreach (int size in (int[])[2, 4])
        {
            using var team = new WorkerTeam(size, 64);
            var random = new Random(size);
            long[] bytes = new long[size];
            for (int i = 0; i < 2000; i++)
            {
                bytes.AsSpan().Fill(-1);
                TeamProbe.ReadAllocatedBytes(team, bytes);
                Assert.DoesNotContain(-1, bytes);
                Thread.SpinWait(random.Next(3000));
                if (i % 50 == 0)
                {
                    Thread.Sleep(1);
                }
            }
        }
    });

    [Fact]
    public void Run_ChunksThatThrow_ThrowsOneOfThemAndComputesTheOthers() => Watchdog.Run(() =>
    {
        using var team = new WorkerTeam(3, 64);
        for (int round = 0; round < 200; round++)
        {
            int[] counts = new int[50];
            fixed (int* pointer = counts)
            {
                int* work = pointer;
                Assert.Throws<InvalidOperationException>(() => TeamProbe.Run(team, &CountAndThrow, work, counts.Length));
            }

            Assert.All(counts, count => Assert.Equal(1, count));
        }

        TeamProbe.ReadAllocatedBytes(team, new long[3]);
    });

    [Fact]
    public void TryEnter_WhileAnotherCallHasTheTeam_IsRefused()
    {
        using var team = new WorkerTeam(2, 64);
        Assert.True(team.TryEnter());
        Assert.False(team.TryEnter());
        team.Leave();
        Assert.True(team.TryEnter());
        team.Leave();
    }

    [Fact]
    public void ParticipantsFor_Work_GrowsWithIt()
    {
        using var team = new WorkerTeam(4, 64, grain: 1000);
        Assert.Equal([1, 1, 1, 4, 4], Array.ConvertAll((double[])[0, 1, 1999, 8000, 1e30], team.ParticipantsFor));
    }

    [Fact]
    public void Threads_OfATeam_AreBackgroundThreads()
    {
        using var team = new WorkerTeam(3, 64);
        Assert.Equal(2, team.Threads.Length);
        Assert.All(team.Threads, thread => Assert.True(thread.IsBackground && thread.IsAlive));
    }

    [Fact]
    public void Dispose_OfATeam_EndsItsThreadsAndRefusesCalls()
    {
        var team = new WorkerTeam(4, 64);
        Thread[] threads = team.Threads;
        team.Dispose();
        team.Dispose();
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
        Assert.False(team.TryEnter());
    }

    [Fact]
    public void Dispose_DuringACall_WaitsForIt() => Watchdog.Run(() =>
    {
        var team = new WorkerTeam(2, 64);
        Assert.True(team.TryEnter());
        var disposal = new Thread(team.Dispose);
        disposal.Start();
        int[] counts = new int[100];
        fixed (int* pointer = counts)
        {
            team.Run(new TeamTask(&Count, pointer, counts.Length), team.Size, TeamProbe.PlentyOfWork);
        }

        Assert.True(disposal.IsAlive);
        team.Leave();
        disposal.Join();
        Assert.All(counts, count => Assert.Equal(1, count));
    });

    [Fact]
    public void Team_ThatNobodyHolds_EndsItsThreads() => Watchdog.Run(() =>
    {
        Thread[] threads = ThreadsOfAForgottenTeam();
        while (Array.Exists(threads, thread => thread.IsAlive))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(1);
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(WorkerTeam.LargestSize + 1)]
    public void Constructor_SizeOutOfRange_IsRefused(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(size, 64));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] ThreadsOfAForgottenTeam() => new WorkerTeam(3, 64).Threads;

    private static void Count(void* work, int chunk, int participant) => Interlocked.Increment(ref ((int*)work)[chunk]);

    private static void CountAndThrow(void* work, int chunk, int participant)
    {
        Count(work, chunk, participant);
        if (chunk % 7 == 3)
        {
            throw new InvalidOperationException();
        }
    }
}
