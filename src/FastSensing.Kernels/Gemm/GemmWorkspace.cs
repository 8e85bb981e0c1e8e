using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>How much workspace the kernels of the chosen instruction set ask for.</summary>
internal struct GemmWorkspace<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int _length;

    /// <summary>Elements that one call may ask for.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static int FindLength()
    {
        GemmWorkspace<T> visitor = default;
        Isa.Dispatch<T, GemmWorkspace<T>>(ref visitor);
        return visitor._length;
    }

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => _length = GemmKernels<TIsa, T, TVector>.WorkspaceLength;
}
