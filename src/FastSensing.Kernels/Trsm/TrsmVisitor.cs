using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Trsm;

/// <summary>One call of Trsm on its way to the chosen instruction set.</summary>
internal unsafe struct TrsmVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public TrsmArguments<T> Arguments;
    public T Alpha;
    public T* Workspace;

    /// <summary>Threads that help, or null.</summary>
    public WorkerTeam? Team;

    public readonly void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        if (Team is not null && TeamTrsm<TIsa, T, TVector>.TryRun(Team, Arguments, Alpha, Workspace))
        {
            return;
        }

        TrsmDriver<TIsa, T, TVector>.Scale(Arguments, Alpha);
        if (Alpha != T.Zero)
        {
            TrsmDriver<TIsa, T, TVector>.Run(Arguments, Workspace);
        }
    }

    /// <summary>The call with its workspace on the stack, for a small order.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunSmall()
    {
        T* staging = stackalloc T[SmallTriangle.StagingLength];
        Workspace = staging;
        Isa.Dispatch<T, TrsmVisitor<T>>(ref this);
    }
}
