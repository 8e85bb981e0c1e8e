using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Trsm;

/// <summary>B &#8592; alpha tri(A)^-1 B on a team: every thread solves for some of the right-hand sides.</summary>
internal static unsafe class TeamTrsm<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int ChunksPerParticipant = 2;

    /// <summary>Right-hand sides that make a chunk worth while, a multiple of the lines of every cache and of every tile.</summary>
    private const int Unit = 48;

    /// <summary>Solves if that is worth more than one thread and the team is free; else does nothing.</summary>
    /// <param name="team">The team.</param>
    /// <param name="t">The solve.</param>
    /// <param name="alpha">Factor of the right-hand sides.</param>
    /// <param name="workspace">The caller's workspace.</param>
    public static bool TryRun(WorkerTeam team, in TrsmArguments<T> t, T alpha, T* workspace)
    {
        if (alpha == T.Zero || ParticipantsFor(team, t) == 1 || !team.TryEnter())
        {
            return false;
        }

        try
        {
            RunEntered(team, t, alpha, workspace);
        }
        finally
        {
            team.Leave();
        }

        return true;
    }

    /// <summary>Solves with a team that has been entered, on as many threads as that is worth.</summary>
    public static void Run(WorkerTeam team, in TrsmArguments<T> t, T* workspace)
    {
        if (ParticipantsFor(team, t) > 1)
        {
            RunEntered(team, t, T.One, workspace);
        }
        else
        {
            TrsmDriver<TIsa, T, TVector>.Run(t, workspace);
        }
    }

    private static int ParticipantsFor(WorkerTeam team, in TrsmArguments<T> t) => (int)Math.Min(team.ParticipantsFor(t.MultiplyAdds), (t.M + Unit - 1) / Unit);

    private static void RunEntered(WorkerTeam team, in TrsmArguments<T> t, T alpha, T* workspace)
    {
        int participants = ParticipantsFor(team, t);
        TeamTrsmWork<T> work = new() { Arguments = t, Alpha = alpha, Memory = team.Memory(workspace) };
        nint wanted = participants * ChunksPerParticipant;
        work.ChunkColumns = (((t.M + wanted - 1) / wanted) + Unit - 1) / Unit * Unit;
        int chunks = (int)((t.M + work.ChunkColumns - 1) / work.ChunkColumns);
        team.Run(new TeamTask(&Solve, &work, chunks), participants, t.MultiplyAdds);
    }

    private static void Solve(void* shared, int chunk, int participant)
    {
        TeamTrsmWork<T>* work = (TeamTrsmWork<T>*)shared;
        nint first = chunk * work->ChunkColumns;
        TrsmArguments<T> part = work->Arguments.Part(first, Math.Min(work->ChunkColumns, work->Arguments.M - first));
        TrsmDriver<TIsa, T, TVector>.Scale(part, work->Alpha);
        TrsmDriver<TIsa, T, TVector>.Run(part, work->Memory.Of(participant));
    }
}
