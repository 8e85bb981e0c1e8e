using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemv;

/// <summary>One call of Gemv on its way to the chosen instruction set.</summary>
internal unsafe struct GemvVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public GemvArguments<T> Arguments;

    /// <summary>Threads that help, or null.</summary>
    public WorkerTeam? Team;

    public readonly void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        if (Team is null || !TeamGemv<TIsa, T, TVector>.TryRun(Team, Arguments))
        {
            GemvKernel<TIsa, T, TVector>.Run(Arguments);
        }
    }
}
