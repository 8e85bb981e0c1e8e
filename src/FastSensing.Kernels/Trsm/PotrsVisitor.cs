using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>B &#8592; (L L^T)^-1 B of a small order, on its way to the chosen instruction set.</summary>
internal unsafe struct PotrsVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public TrsmArguments<T> Arguments;
    private T* _staging;

    public readonly void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => TrsmKernel<TIsa, T, TVector>.RunBoth(Arguments, _staging);

    /// <summary>Solves with staging on the stack.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunSmall()
    {
        T* staging = stackalloc T[SmallTriangle.StagingLength];
        _staging = staging;
        Isa.Dispatch<T, PotrsVisitor<T>>(ref this);
    }
}
