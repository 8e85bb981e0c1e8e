using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemv;

/// <summary>One call of Gemv on its way to the chosen instruction set.</summary>
internal unsafe struct GemvVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public GemvArguments<T> Arguments;

    public readonly void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => GemvKernel<TIsa, T, TVector>.Run(Arguments);
}
