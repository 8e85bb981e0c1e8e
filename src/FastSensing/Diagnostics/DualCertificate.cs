using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using NuclearNorms = FastSensing.Diagnostics.NuclearNorm;

namespace FastSensing.Diagnostics;

/// <summary>
/// How far X is from the solution of least nuclear norm, by a point nu of the dual problem: max &lt;y, nu&gt; subject to
/// A*(nu) &lt;= I for positive semidefinite X, ||A*(nu)||_2 &lt;= 1 for general X. Every feasible nu bounds the least nuclear
/// norm from below by &lt;y, nu&gt;.
/// </summary>
/// <param name="LargestValue">The largest eigenvalue of A*(nu), or its largest singular value for general X; at most 1 where nu is feasible.</param>
/// <param name="NuclearNorm">||X||_*.</param>
/// <param name="DualValue">&lt;y, nu&gt;.</param>
/// <remarks>Reference: Gunasekar et al., NeurIPS 2017 (arXiv 1705.09280), proof of theorem 1.</remarks>
public readonly record struct DualCertificate(double LargestValue, double NuclearNorm, double DualValue)
{
    /// <summary>(||X||_* - &lt;y, nu&gt;) / ||X||_*: how far X can at most be from least, in relative terms, where nu is feasible.</summary>
    public double RelativeGap => (NuclearNorm - DualValue) / NuclearNorm;

    /// <summary>What a dual point says about an iterate.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="problem">The operator and y.</param>
    /// <param name="multipliers">nu, length m, for the operator and y as they are.</param>
    /// <param name="left">L of X = L R^T, n1 x k.</param>
    /// <param name="right">R, n2 x k; the same view as left for X = U U^T.</param>
    /// <exception cref="ArgumentException">Another number of multipliers, other shapes.</exception>
    /// <remarks>Cost: an adjoint and a full decomposition. Allocates: it is no part of a loop.</remarks>
    public static DualCertificate Of<T>(
        SensingProblem<T> problem, ReadOnlySpan<T> multipliers, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        IMeasurementOperator<T> op = problem.Operator;
        using AlignedBuffer<T> memory = new(Scratch<T>.LengthOf(op.Rows, op.Columns));
        using AlignedBuffer<T> scratch = new(op.ScratchLength(1));
        MatrixSpan<T> image = memory.Matrix(op.Rows, op.Columns);
        op.Adjoint(multipliers, image, scratch.Span);
        double dual = double.CreateTruncating(Level1.Dot(multipliers, problem.Measurements.Span));
        return new DualCertificate(LargestOf(problem, image), NuclearNorms.Of(left, right), dual);
    }

    /// <summary>
    /// nu = 2 s / (-log alpha) with s = - integral of the residual A(X_t) - y over time: the dual point that gradient flow
    /// dU/dt = - A*(A(U U^T) - y) U from U U^T = alpha I carries along.
    /// </summary>
    /// <param name="integral">s, length m.</param>
    /// <param name="alpha">X_0 = alpha I, 0 &lt; alpha &lt; 1.</param>
    /// <remarks>
    /// For commuting A_i the flow ends at alpha exp(2 A*(s)), so that A*(nu) is at most 1 + log(||X||) / (-log alpha), and the
    /// gap of order 1 / (-log alpha).
    /// </remarks>
    public static double[] MultipliersOfFlow(ReadOnlySpan<double> integral, double alpha)
    {
        if (!(alpha > 0 && alpha < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), $"alpha is {alpha}; it must lie between 0 and 1.");
        }

        double[] multipliers = integral.ToArray();
        Level1.Scal<double>(-2 / Math.Log(alpha), multipliers);
        return multipliers;
    }

    private static double LargestOf<T>(SensingProblem<T> problem, MatrixSpan<T> image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (problem.Structure == MatrixStructure.General)
        {
            using DenseSvd<T> svd = new(problem.Operator.Blas, image.Rows, image.Columns);
            svd.Decompose(image, -T.One);
            return double.CreateTruncating(svd.Values[0]);
        }

        int size = image.Rows;
        SymmetricPart.Take(image);
        T[] values = new T[size];
        SymmetricEvd.Decompose(image, values.AsSpan(), new T[2 * size].AsSpan(), new MatrixSpan<T>(new T[size * size], size, size));
        return double.CreateTruncating(values[0]);
    }
}
