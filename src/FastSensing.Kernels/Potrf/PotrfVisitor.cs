using System.Numerics;
using FastSensing.Kernels.Simd;

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

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => Info = PotrfDriver<TIsa, T, TVector>.Run(N, A, Row, Column, Workspace);
}
