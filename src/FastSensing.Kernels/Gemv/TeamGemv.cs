using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemv;

/// <summary>y &#8592; alpha A x + beta y on a team: every thread computes some elements of y.</summary>
internal static unsafe class TeamGemv<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int ChunksPerParticipant = 4;

    /// <summary>Rows of a chunk are a multiple of this: whole cache lines of y, whole groups of rows.</summary>
    private const int Unit = 16;

    /// <summary>Multiply-adds of Gemm in the time of reading a byte: at the default grain, half a MiB of A for each thread.</summary>
    private const int WorkPerByte = 2;

    /// <summary>Computes the product if it is worth more than one thread and the team is free; else does nothing.</summary>
    public static bool TryRun(WorkerTeam team, in GemvArguments<T> g)
    {
        double work = (double)g.M * g.N * sizeof(T) * WorkPerByte;
        int participants = team.ParticipantsFor(work);
        if (participants == 1 || g.Alpha == T.Zero || !team.TryEnter())
        {
            return false;
        }

        try
        {
            nint wanted = participants * ChunksPerParticipant;
            TeamGemvWork<T> shared = new() { Arguments = g, ChunkRows = (((g.M + wanted - 1) / wanted) + Unit - 1) / Unit * Unit };
            int chunks = (int)((g.M + shared.ChunkRows - 1) / shared.ChunkRows);
            team.Run(new TeamTask(&Multiply, &shared, chunks), participants, work);
        }
        finally
        {
            team.Leave();
        }

        return true;
    }

    private static void Multiply(void* shared, int chunk, int participant)
    {
        TeamGemvWork<T>* work = (TeamGemvWork<T>*)shared;
        nint first = chunk * work->ChunkRows;
        GemvArguments<T> part = work->Arguments;
        part.M = Math.Min(work->ChunkRows, part.M - first);
        part.A += first * part.ARow;
        part.Y += first;
        GemvKernel<TIsa, T, TVector>.Run(part);
    }
}
