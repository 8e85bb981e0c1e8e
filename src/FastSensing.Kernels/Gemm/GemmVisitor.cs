using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>One call of Gemm or Syrk on its way to the chosen instruction set: first without a workspace, then, if that is not possible, with one.</summary>
internal unsafe struct GemmVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public GemmArguments<T> Arguments;
    public GemmRegion Region;
    public T* Workspace;
    public bool Done;

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        if (Workspace == null)
        {
            Done = GemmKernels<TIsa, T, TVector>.TryRunInPlace(ref Arguments, Region);
        }
        else
        {
            GemmKernels<TIsa, T, TVector>.Run(Arguments, Region, Workspace);
        }
    }
}
