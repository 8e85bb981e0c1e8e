using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>libxsmm behind our interface: the code is asked for in every call, as in a program that does not keep it. It has Gemm alone.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed unsafe class LibxsmmBlas<T>(LibxsmmCalls<T> calls) : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => "libxsmm";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        fixed (T* pa = a, pb = b, pc = c)
        {
            calls.Gemm(1, new GemmCall<T>
            {
                AStored = NativeBlas<T>.StoredOf(a),
                BStored = NativeBlas<T>.StoredOf(b),
                M = c.Rows,
                N = c.Columns,
                K = a.Columns,
                Alpha = alpha,
                A = pa,
                B = pb,
                Beta = beta,
                C = pc,
                LdC = c.RowStride,
            });
        }
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y) => throw Missing();

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c) => throw Missing();

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b) => throw Missing();

    public int Potrf(MatrixSpan<T> a) => throw Missing();

    private static NotSupportedException Missing() => new("libxsmm has Gemm alone.");
}
