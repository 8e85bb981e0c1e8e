using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>The steps of a factorisation on the caller's thread.</summary>
internal readonly unsafe struct OneThreadUpdates<TIsa, T, TVector>(T* workspace) : IPotrfUpdates<T>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public T* Workspace => workspace;

    public bool ServesOrder(nint n) => true;

    public void Solve(in TrsmArguments<T> below) => TrsmDriver<TIsa, T, TVector>.Run(below, workspace);

    public void Subtract(in GemmArguments<T> rest) => GemmKernels<TIsa, T, TVector>.Run(rest, GemmRegion.Lower, workspace);
}
