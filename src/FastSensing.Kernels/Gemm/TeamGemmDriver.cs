using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// C &#8592; alpha A B + beta C on the threads of a team: the blocks of <see cref="GemmDriver{TIsa, T, TVector, TKernel}"/>, of which B
/// is packed by all together, and C is cut into rectangles of whole tiles. No sum is split, so all bits are those of one thread.
/// </summary>
/// <remarks>The depth of the blocks and what is packed come from the whole product, never from a chunk.</remarks>
internal static unsafe class TeamGemmDriver<TIsa, T, TVector, TKernel>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TKernel : struct, IGemmKernel<T>
{
    /// <summary>Chunks for each participant, so that one that is slow or comes late keeps nobody waiting for long.</summary>
    private const int ChunksPerParticipant = 4;

    /// <summary>Elements of a block of B below which the caller packs it alone.</summary>
    private const int SmallBlock = 1 << 14;

    /// <summary>Computes the product: alpha is not 0, no size is.</summary>
    /// <param name="team">The team, entered.</param>
    /// <param name="g">The product.</param>
    /// <param name="region">Part of C.</param>
    /// <param name="workspace">The caller's workspace.</param>
    public static void Run(WorkerTeam team, GemmArguments<T> g, GemmRegion region, T* workspace)
    {
        double multiplyAdds = g.MultiplyAdds(region);
        int participants = team.ParticipantsFor(multiplyAdds);
        if (GemmDriver<TIsa, T, TVector, TKernel>.Transposes(g, region))
        {
            g = g.Transpose();
        }

        TeamGemmWork<T> work = new() { G = g, Region = region, Workspace = workspace, Memory = team.Memory(workspace), Columns = g.N };
        if (region == GemmRegion.Full && GemmThin<TIsa, T, TVector>.Suits(g))
        {
            int parts = Cut(ref work, participants);
            team.Run(new TeamTask(&ComputeThin, &work, parts), participants, multiplyAdds);
            return;
        }

        work.Schedule = GemmDriver<TIsa, T, TVector, TKernel>.ScheduleOf(g);
        for (work.JC = 0; work.JC < g.N; work.JC += work.Schedule.NC)
        {
            work.Columns = Math.Min(work.Schedule.NC, g.N - work.JC);
            work.IC = region == GemmRegion.Lower ? work.JC : 0;
            int chunks = Cut(ref work, participants);
            for (work.PC = 0; work.PC < g.K; work.PC += work.Schedule.KC)
            {
                work.Depth = Math.Min(work.Schedule.KC, g.K - work.PC);
                work.Beta = work.PC == 0 ? g.Beta : T.One;
                if (work.Schedule.PacksB)
                {
                    team.Run(new TeamTask(&PackB, &work, CutPacking(ref work, participants)), team.Still(participants), multiplyAdds);
                }

                team.Run(new TeamTask(&Compute, &work, chunks), team.Still(participants), multiplyAdds);
            }
        }
    }

    /// <summary>Cuts the block of C along its rows, and along its columns where there are too few rows.</summary>
    private static int Cut(ref TeamGemmWork<T> work, int participants)
    {
        nint rows = work.G.M - work.IC;
        nint wanted = participants * ChunksPerParticipant;
        work.ChunkRows = GemmBlocking<T>.Balance(rows, Math.Max(1, rows / wanted), TKernel.MR);
        work.RowsOfChunks = (rows + work.ChunkRows - 1) / work.ChunkRows;
        nint beside = (wanted + work.RowsOfChunks - 1) / work.RowsOfChunks;
        work.ChunkColumns = 2 * work.RowsOfChunks > wanted
            ? work.Columns
            : GemmBlocking<T>.Balance(work.Columns, Math.Max(1, work.Columns / beside), TKernel.NR);
        return (int)(work.RowsOfChunks * ((work.Columns + work.ChunkColumns - 1) / work.ChunkColumns));
    }

    private static int CutPacking(ref TeamGemmWork<T> work, int participants)
    {
        nint wanted = work.Depth * work.Columns < SmallBlock ? 1 : participants * ChunksPerParticipant;
        work.PackColumns = GemmBlocking<T>.Balance(work.Columns, Math.Max(1, work.Columns / wanted), TKernel.NR);
        return (int)((work.Columns + work.PackColumns - 1) / work.PackColumns);
    }

    private static GemmBlock<TIsa, T, TVector, TKernel> Block(TeamGemmWork<T>* work, int participant) =>
        new(work->Workspace, work->Memory.Of(participant) + GemmBlocking<T>.BBlockLength) { Depth = work->Depth, Beta = work->Beta };

    private static void PackB(void* shared, int chunk, int participant)
    {
        TeamGemmWork<T>* work = (TeamGemmWork<T>*)shared;
        nint first = chunk * work->PackColumns;
        nint last = Math.Min(first + work->PackColumns, work->Columns);
        Block(work, participant).PackB(work->G, work->PC, work->JC, first, last);
    }

    private static void ComputeThin(void* shared, int chunk, int participant)
    {
        TeamGemmWork<T>* work = (TeamGemmWork<T>*)shared;
        GemmArguments<T> part = work->G;
        nint first = chunk * work->ChunkRows;
        part.M = Math.Min(work->ChunkRows, part.M - first);
        part.A += first * part.ARow;
        part.C += first * part.CRow;
        GemmThin<TIsa, T, TVector>.Run(part, work->Memory.Of(participant));
    }

    private static void Compute(void* shared, int chunk, int participant)
    {
        TeamGemmWork<T>* work = (TeamGemmWork<T>*)shared;
        nint column = chunk / work->RowsOfChunks * work->ChunkColumns;
        nint firstRow = work->IC + (chunk % work->RowsOfChunks * work->ChunkRows);
        nint lastRow = Math.Min(firstRow + work->ChunkRows, work->G.M);
        bool needsMemory = work->Schedule.PacksA || work->Region == GemmRegion.Lower || !work->G.HasContiguousRows;
        nint mc = needsMemory ? GemmBlocking<T>.Balance(lastRow - firstRow, GemmBlocking<T>.MC, TKernel.MR) : lastRow - firstRow;

        GemmBlock<TIsa, T, TVector, TKernel> block = Block(work, participant);
        block.Columns = Math.Min(work->ChunkColumns, work->Columns - column);
        if (work->Schedule.PacksB)
        {
            block.PlacePackedB(column);
        }
        else
        {
            block.LoadB(work->G, work->PC, work->JC + column, packs: false);
        }

        for (nint ic = firstRow; ic < lastRow; ic += mc)
        {
            block.Rows = Math.Min(mc, lastRow - ic);
            block.LoadA(work->G, ic, work->PC, work->Schedule.PacksA);
            block.Compute(work->G, ic, work->JC + column, work->Region);
        }
    }
}
