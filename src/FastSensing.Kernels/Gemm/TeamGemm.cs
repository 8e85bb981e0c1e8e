using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemm;

/// <summary>Gemm and Syrk on a team, where they are large enough: <see cref="GemmKernels{TIsa, T, TVector}"/> with threads.</summary>
internal static unsafe class TeamGemm<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Computes the product if it is worth more than one thread and the team is free; else does nothing.</summary>
    public static bool TryRun(WorkerTeam team, BufferPool<T> pool, in GemmArguments<T> g, GemmRegion region)
    {
        if (g.Alpha == T.Zero || T.IsInfinity(g.Alpha) || team.ParticipantsFor(g.MultiplyAdds(region)) == 1 || !team.TryEnter())
        {
            return false;
        }

        try
        {
            using BufferLease<T> lease = pool.Rent(GemmKernels<TIsa, T, TVector>.WorkspaceLength);
            fixed (T* workspace = lease.Span)
            {
                RunEntered(team, g, region, workspace);
            }
        }
        finally
        {
            team.Leave();
        }

        return true;
    }

    /// <summary>Computes a product with a team that has been entered, on as many threads as it is worth.</summary>
    public static void Run(WorkerTeam team, in GemmArguments<T> g, GemmRegion region, T* workspace)
    {
        if (team.ParticipantsFor(g.MultiplyAdds(region)) > 1)
        {
            RunEntered(team, g, region, workspace);
        }
        else
        {
            GemmKernels<TIsa, T, TVector>.Run(g, region, workspace);
        }
    }

    private static void RunEntered(WorkerTeam team, in GemmArguments<T> g, GemmRegion region, T* workspace)
    {
        if (GemmKernels<TIsa, T, TVector>.IsBroad)
        {
            TeamGemmDriver<TIsa, T, TVector, GemmBroadKernel<TIsa, T, TVector>>.Run(team, g, region, workspace);
        }
        else if (TIsa.HasManyRegisters)
        {
            TeamGemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N8>>.Run(team, g, region, workspace);
        }
        else
        {
            TeamGemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N4>>.Run(team, g, region, workspace);
        }
    }
}
