using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>Type argument of the driver: who computes the large steps of a factorisation.</summary>
internal unsafe interface IPotrfUpdates<T>
    where T : unmanaged
{
    /// <summary>The workspace of Gemm.</summary>
    T* Workspace { get; }

    /// <summary>Whether a part of this order is factored with these updates; a smaller one is with <see cref="OneThreadUpdates{TIsa, T, TVector}"/>.</summary>
    bool ServesOrder(nint n);

    /// <summary>A21 &#8592; A21 L11^-T.</summary>
    void Solve(in TrsmArguments<T> below);

    /// <summary>A22 &#8592; A22 - L21 L21^T, lower triangle.</summary>
    void Subtract(in GemmArguments<T> rest);
}
