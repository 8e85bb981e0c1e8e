using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// A linear map from rows x columns matrices to m numbers, y_i = &lt;A_i, X&gt;, and its adjoint
/// A*(z) = sum_i z_i A_i, in the units of the stored A_i (methods divide by <see cref="ScaleFor"/>).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>An operator states Forward and Adjoint; the rest has defaults in terms of them, overridden where a fused or
/// structured form pays. The defaults stay the oracle of every override.</para>
/// <para>Allocation: none in any member but <see cref="Select"/>; temporaries come from the scratch, whose size
/// <see cref="ScratchLength"/> states. Operators are immutable: any number of threads may share one.</para>
/// <para>Aliasing: outputs and scratch must not overlap an input or each other; inputs may overlap inputs.</para>
/// <para>Errors: disagreeing shapes, overlapping outputs and too short a scratch throw <see cref="ArgumentException"/>,
/// the first two before anything is written.</para>
/// <para>Units: squares are summed in T, so a loss below the smallest T is 0. Methods bring y near 1 first.</para>
/// </remarks>
public interface IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows n1 of X.</summary>
    int Rows { get; }

    /// <summary>Columns n2 of X.</summary>
    int Columns { get; }

    /// <summary>Number m of measurements.</summary>
    int MeasurementCount { get; }

    /// <summary>The dense routines this operator computes with.</summary>
    IBlas<T> Blas { get; }

    /// <summary>
    /// s with s^2 = sum ||A_i||_F^2 / (n1 n2), or for symmetric problems s^2 = sum ||(A_i + A_i^T)/2||_F^2 / (n (n + 1) / 2):
    /// A / s is isometric on average, E ||A(X)||^2 = s^2 ||X||_F^2 for Gaussian A_i.
    /// </summary>
    /// <param name="structure">Which of the two.</param>
    /// <remarks>Computed once at construction. Scales by exactly |c| when all A_i scale by a power of two c.</remarks>
    T ScaleFor(MatrixStructure structure);

    /// <summary>Scratch elements that any member needs for factors of the given width.</summary>
    /// <param name="width">Factor width k >= 1.</param>
    int ScratchLength(int width);

    /// <summary>y &#8592; A(L R^T). Never needs L R^T as a matrix unless that is cheaper.</summary>
    /// <param name="at">L, n1 x k, and R, n2 x k. Pass the same factor twice for U U^T.</param>
    /// <param name="y">Length m, overwritten.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch);

    /// <summary>X &#8592; A*(z) = sum_i z_i A_i.</summary>
    /// <param name="z">Length m.</param>
    /// <param name="x">n1 x n2, overwritten; unit column stride.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> of 1 elements.</param>
    void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch);

    /// <summary>P &#8592; A*(z) R and Q &#8592; A*(z)^T L: the adjoint seen through two thin matrices.</summary>
    /// <param name="z">Length m.</param>
    /// <param name="at">L, n1 x k, and R, n2 x k.</param>
    /// <param name="productLeft">P, n1 x k, overwritten.</param>
    /// <param name="productRight">Q, n2 x k, overwritten.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    void AdjointProducts(ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch);

    /// <summary>
    /// res &#8592; A(L R^T) - y, gradientLeft &#8592; A*(res) R, gradientRight &#8592; A*(res)^T L; returns 1/2 ||res||^2.
    /// </summary>
    /// <param name="at">L, n1 x k, and R, n2 x k.</param>
    /// <param name="measurements">y, length m.</param>
    /// <param name="residual">res, length m, overwritten.</param>
    /// <param name="gradientLeft">n1 x k, overwritten.</param>
    /// <param name="gradientRight">n2 x k, overwritten.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    T LossAndGradient(
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch) =>
        OperatorDefaults.LossAndGradient(this, at, measurements, residual, gradientLeft, gradientRight, scratch);

    /// <summary>
    /// res &#8592; A(L R^T) - y and X &#8592; A*(res), the gradient in X itself; returns 1/2 ||res||^2. For methods that move X.
    /// </summary>
    /// <param name="at">L, n1 x k, and R, n2 x k.</param>
    /// <param name="measurements">y, length m.</param>
    /// <param name="residual">res, length m, overwritten.</param>
    /// <param name="x">n1 x n2, overwritten; unit column stride.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    T LossAndMatrixGradient(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch) =>
        OperatorDefaults.LossAndMatrixGradient(this, at, measurements, residual, x, scratch);

    /// <summary>
    /// For X = U U^T: res &#8592; A(U U^T) - y, gradient &#8592; sym(A*(res)) U with sym(G) = (G + G^T) / 2;
    /// returns 1/4 ||res||^2, whose gradient that is.
    /// </summary>
    /// <param name="factor">U, n x k.</param>
    /// <param name="measurements">y, length m.</param>
    /// <param name="residual">res, length m, overwritten.</param>
    /// <param name="gradient">n x k, overwritten.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradient,
        Span<T> scratch) =>
        OperatorDefaults.SymmetricLossAndGradient(this, factor, measurements, residual, gradient, scratch);

    /// <summary>The operator of some of the measurements, in the given order; shares the storage where it can.</summary>
    /// <param name="measurements">Indices in 0..m-1, each at most once.</param>
    /// <remarks>Allocates: it is a set-up call, for hold-outs. The scale is recomputed for the selected ones.</remarks>
    IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements);
}
