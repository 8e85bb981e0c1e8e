using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>What the symmetric gradients of all operators end with.</summary>
internal static class SymmetricGradient
{
    /// <summary>P &#8592; (G + G^T) / 2 U in one sweep of G, without changing it.</summary>
    public static void SymmetricPartTimes<T>(this IBlas<T> blas, ReadOnlyMatrixSpan<T> g, ReadOnlyMatrixSpan<T> u, MatrixSpan<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        p.Fill(T.Zero);
        GradientSweep<T>.AddSymmetric(blas, T.CreateTruncating(0.5), g, u, p);
    }
}
