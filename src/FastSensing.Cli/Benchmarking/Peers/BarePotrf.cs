using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// A native back end whose Potrf is the library's own call and nothing else: <see cref="NativeBlas{T}"/> keeps a copy of
/// the triangle for the case of failure, which a race must not charge to the library.
/// </summary>
internal sealed unsafe class BarePotrf<T>(NativeBlasLibrary library, NativeBlas<T> blas) : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly EntryPoints<T> _entries = library.EntriesOf<T>();

    public string Name => blas.Name;

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c) => blas.Gemm(alpha, a, b, beta, c);

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y) => blas.Gemv(alpha, a, x, beta, y);

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c) => blas.Syrk(alpha, a, beta, c);

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b) => blas.Trsm(triangle, alpha, a, b);

    /// <summary>Of a row-major matrix without gaps; its lower triangle is the upper one in LAPACK's columns.</summary>
    public int Potrf(MatrixSpan<T> a)
    {
        fixed (T* pa = a)
        {
            return _entries.Potrf((byte)'U', a.Rows, pa, a.RowStride);
        }
    }
}
