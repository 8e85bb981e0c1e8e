using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Tests.Solvers;

/// <summary>A BLAS whose Potrf number FirstFault, and each after it, finds a pivot that is not positive and leaves NaN behind.</summary>
internal sealed class FaultyBlas<T>(IBlas<T> inner) : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Factorisations { get; private set; }

    public int FirstFault { get; set; } = int.MaxValue;

    public string Name => "faulty";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c) => inner.Gemm(alpha, a, b, beta, c);

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y) => inner.Gemv(alpha, a, x, beta, y);

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c) => inner.Syrk(alpha, a, beta, c);

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b) => inner.Trsm(triangle, alpha, a, b);

    public int Potrf(MatrixSpan<T> a)
    {
        if (Factorisations++ < FirstFault)
        {
            return inner.Potrf(a);
        }

        a.Fill(T.NaN);
        return 1;
    }
}
