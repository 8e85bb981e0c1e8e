using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>The arguments of one entry sensing product on their way through the dispatch.</summary>
internal unsafe struct EntryProductCall<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SensingProduct Product;
    public EntryTable Table;
    public EntryFactors<T> At;
    public T* Input;
    public T* Output;
    public EntryFactors<T> Products;

    /// <summary>Out: ||residual||^2 of the fused product.</summary>
    public T Squared;

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        switch (Product)
        {
            case SensingProduct.Forward:
                EntrySensingCore<TIsa, T, TVector>.Forward(Table, At, Output);
                break;
            case SensingProduct.Adjoint:
                EntrySensingCore<TIsa, T, TVector>.Adjoint(Table, At, Input, Products);
                break;
            default:
                Squared = EntrySensingCore<TIsa, T, TVector>.ResidualAdjoint(Table, At, Input, Output, Products);
                break;
        }
    }
}
