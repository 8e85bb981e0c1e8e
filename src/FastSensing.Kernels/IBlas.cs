using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>
/// The dense routines that every solver stands on. Which implementation serves a solver is a constructor argument;
/// ManagedBlas is the one that is always there.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Views carry two strides, so there are no transpose flags: pass <c>a.Transpose()</c> for A^T, and both views
/// transposed for a triangular solve from the right.</para>
/// <para>Contract of every implementation: beta = 0 never reads C; alpha = 0 or an inner dimension of 0 leaves
/// C = beta C and reads neither A nor B; NaN and infinity propagate exactly where IEEE 754 says; zero sizes are no-ops;
/// results do not depend on the thread count.</para>
/// <para>Errors: disagreeing shapes, an output that overlaps an input and an output whose elements alias each other
/// throw <see cref="ArgumentException"/> before anything is written. Numerical failure is a returned value.</para>
/// <para>Allocation: none, after one call of each shape class (see Prewarm of the implementation).</para>
/// </remarks>
public interface IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The implementation and what it runs on, as shown to users; for example "managed (Simd512)".</summary>
    string Name { get; }

    /// <summary>C &#8592; alpha A B + beta C.</summary>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, m x k.</param>
    /// <param name="b">B, k x n.</param>
    /// <param name="beta">Factor of the old C; at 0 the old C is not read.</param>
    /// <param name="c">C, m x n, overwritten.</param>
    /// <remarks>Cost: 2 m n k flops.</remarks>
    void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c);

    /// <summary>P &#8592; alpha G R + beta P and Q &#8592; alpha G^T L + beta Q: a gradient with both factors, in one sweep of G.</summary>
    /// <param name="alpha">Factor of the products.</param>
    /// <param name="g">G, m x n.</param>
    /// <param name="right">R, n x k.</param>
    /// <param name="left">L, m x k.</param>
    /// <param name="beta">Factor of the old P and Q; at 0 they are not read.</param>
    /// <param name="p">P, m x k, overwritten.</param>
    /// <param name="q">Q, n x k, overwritten.</param>
    /// <remarks>
    /// Cost: 4 m n k flops, as two calls of <see cref="Gemm"/>; but G is read from memory once, because both products of a
    /// block that fits the second-level cache are formed before the next.
    /// </remarks>
    void GemmBothSides(
        T alpha, ReadOnlyMatrixSpan<T> g, ReadOnlyMatrixSpan<T> right, ReadOnlyMatrixSpan<T> left, T beta, MatrixSpan<T> p, MatrixSpan<T> q) =>
        new GradientSweep<T>(this, alpha, beta).Run(g, right, left, p, q);

    /// <summary>y &#8592; alpha A x + beta y.</summary>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, m x n.</param>
    /// <param name="x">x, length n.</param>
    /// <param name="beta">Factor of the old y; at 0 the old y is not read.</param>
    /// <param name="y">y, length m, overwritten.</param>
    /// <remarks>Cost: 2 m n flops; reads A once, so it is bound by memory.</remarks>
    void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y);

    /// <summary>C &#8592; alpha A A^T + beta C, in the lower triangle only; what lies above the diagonal is neither read nor written.</summary>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, n x k. For the Gram matrix A^T A pass the transposed view.</param>
    /// <param name="beta">Factor of the old C; at 0 the old C is not read.</param>
    /// <param name="c">C, n x n. For the upper triangle pass the transposed view.</param>
    /// <remarks>Cost: n^2 k flops.</remarks>
    void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c);

    /// <summary>B &#8592; alpha tri(A)^-1 B, in place.</summary>
    /// <param name="triangle">Which triangle of A holds the matrix.</param>
    /// <param name="alpha">Factor of the right-hand side; at 0 neither A nor the old B is read.</param>
    /// <param name="a">A, n x n, with a non-zero diagonal (a zero gives infinities, as IEEE says).</param>
    /// <param name="b">B, n x m: right-hand sides in, solutions out. To solve X tri(A)^T = B pass A as it is and B transposed.</param>
    /// <remarks>Cost: n^2 m flops.</remarks>
    void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b);

    /// <summary>A = L L^T: overwrites the lower triangle of A by L; what lies above the diagonal is neither read nor written.</summary>
    /// <param name="a">A, n x n, symmetric positive definite, given by its lower triangle.</param>
    /// <returns>INFO: 0, or the 1-based index of the first pivot that is not positive or is NaN. Columns before it are valid.</returns>
    /// <remarks>Cost: n^3 / 3 flops. Never throws for numerical reasons.</remarks>
    int Potrf(MatrixSpan<T> a);

    /// <summary>B &#8592; (L L^T)^-1 B, in place, with the factor that <see cref="Potrf"/> left.</summary>
    /// <param name="l">L, n x n, lower triangle.</param>
    /// <param name="b">B, n x m.</param>
    /// <remarks>Cost: 2 n^2 m flops: two triangular solves. To solve X (L L^T) = B pass B transposed.</remarks>
    void Potrs(ReadOnlyMatrixSpan<T> l, MatrixSpan<T> b)
    {
        Trsm(Triangle.Lower, T.One, l, b);
        Trsm(Triangle.Upper, T.One, l.Transpose(), b);
    }
}
