using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>The steps of a factorisation on a team that has been entered.</summary>
internal readonly unsafe struct TeamUpdates<TIsa, T, TVector>(WorkerTeam team, T* workspace) : IPotrfUpdates<T>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Grains of a factorisation, n^3 / 6 multiply-adds, from which its steps are worth cutting: order 384 with the default grain.</summary>
    private const int FewestGrains = 9;

    public T* Workspace => workspace;

    /// <summary>Whether a factorisation is worth a team at all.</summary>
    public static bool Pays(WorkerTeam team, nint n)
    {
        double multiplyAdds = (double)n * n * n / 6;
        return multiplyAdds >= (double)FewestGrains * team.Grain && team.ParticipantsFor(multiplyAdds) > 1;
    }

    public bool ServesOrder(nint n) => Pays(team, n);

    public void Solve(in TrsmArguments<T> below) => TeamTrsm<TIsa, T, TVector>.Run(team, below, workspace);

    public void Subtract(in GemmArguments<T> rest) => TeamGemm<TIsa, T, TVector>.Run(team, rest, GemmRegion.Lower, workspace);
}
