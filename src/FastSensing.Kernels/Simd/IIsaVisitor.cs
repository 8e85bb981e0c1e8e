using System.Numerics;

namespace FastSensing.Kernels.Simd;

/// <summary>What <see cref="Isa"/> hands the chosen tag to: a struct that holds a call's arguments.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal interface IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged;
}
