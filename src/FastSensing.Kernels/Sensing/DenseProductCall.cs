using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>The arguments of one dense sensing product on their way through the dispatch.</summary>
internal unsafe struct DenseProductCall<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SensingProduct Product;
    public RowTable<T> A;
    public T* X;
    public T* Y;
    public T* Residual;
    public T* G;

    /// <summary>Out: ||residual||^2 of the fused product.</summary>
    public T Squared;

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        switch (Product)
        {
            case SensingProduct.Forward:
                DenseSensingCore<TIsa, T, TVector>.Forward(A, X, Residual);
                break;
            case SensingProduct.Adjoint:
                DenseSensingCore<TIsa, T, TVector>.Adjoint(A, Y, G);
                break;
            default:
                Squared = DenseSensingCore<TIsa, T, TVector>.ResidualAdjoint(A, X, Y, Residual, G);
                break;
        }
    }
}
