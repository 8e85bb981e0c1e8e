using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// One call of Gemm or Syrk on its way to the chosen instruction set: on a team where that pays, in
/// place where that is possible, else with a packing block of the pool.
/// </summary>
internal unsafe struct GemmVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public GemmArguments<T> Arguments;
    public GemmRegion Region;
    public BufferPool<T> Pool;

    /// <summary>Threads that help, or null.</summary>
    public WorkerTeam? Team;

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        if (Team is not null && TeamGemm<TIsa, T, TVector>.TryRun(Team, Pool, Arguments, Region))
        {
            return;
        }

        if (GemmKernels<TIsa, T, TVector>.TryRunInPlace(ref Arguments, Region))
        {
            return;
        }

        if (Region == GemmRegion.Full && GemmThin<TIsa, T, TVector>.Suits(Arguments))
        {
            Thin<TIsa, TVector>();
        }
        else
        {
            using BufferLease<T> lease = Pool.Rent(GemmKernels<TIsa, T, TVector>.WorkspaceLength);
            fixed (T* workspace = lease.Span)
            {
                GemmKernels<TIsa, T, TVector>.Run(Arguments, Region, workspace);
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Thin<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        T* packed = stackalloc T[GemmThin<TIsa, T, TVector>.WorkspaceLength];
        GemmKernels<TIsa, T, TVector>.Run(Arguments, Region, packed);
    }
}
