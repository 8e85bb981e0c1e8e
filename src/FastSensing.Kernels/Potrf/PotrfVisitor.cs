using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>One call of Potrf on its way to the chosen instruction set.</summary>
internal unsafe struct PotrfVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public nint N;
    public T* A;
    public nint Row;
    public nint Column;
    public T* Workspace;
    public int Info;

    /// <summary>Threads that help, or null.</summary>
    public WorkerTeam? Team;

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        if (Team is not null && TeamUpdates<TIsa, T, TVector>.Pays(Team, N) && Team.TryEnter())
        {
            try
            {
                Info = PotrfDriver<TIsa, T, TVector>.Run(N, A, Row, Column, new TeamUpdates<TIsa, T, TVector>(Team, Workspace));
            }
            finally
            {
                Team.Leave();
            }
        }
        else
        {
            Info = PotrfDriver<TIsa, T, TVector>.Run(N, A, Row, Column, Workspace);
        }
    }

    /// <summary>The call with its workspace on the stack, for a small order.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunSmall()
    {
        T* staging = stackalloc T[SmallTriangle.StagingLength];
        Workspace = staging;
        Isa.Dispatch<T, PotrfVisitor<T>>(ref this);
    }
}
