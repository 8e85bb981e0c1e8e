using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Diagnostics;

/// <summary>
/// The error that noise alone leaves, in Frobenius norm: E_stat = (sigma / s) sqrt(n r), and the error of an oracle that
/// knows the tangent space at X*, (sigma / s) sqrt(d) with the d degrees of freedom of rank r.
/// </summary>
/// <remarks>
/// sigma is the standard deviation of the noise of a measurement and s the scale of the operator, s^2 = m for A_i of
/// standard normal numbers: so sigma sqrt(n r / m) there. Reference: Candes, Plan 2011; E_stat as in Xu, Shen, Chi, Ma,
/// ICML 2023 (arXiv 2302.01186 v3).
/// </remarks>
public static class StatisticalError
{
    /// <summary>E_stat = (sigma / s) sqrt(n r), n the larger side of X.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="op">The measurement operator.</param>
    /// <param name="structure">General or Symmetric: s depends on it.</param>
    /// <param name="rank">The rank of X*.</param>
    /// <param name="noiseStandardDeviation">sigma, in the units of y.</param>
    public static double Of<T>(IMeasurementOperator<T> op, MatrixStructure structure, int rank, double noiseStandardDeviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PerUnknown(op, structure, noiseStandardDeviation) * Math.Sqrt((double)Math.Max(op.Rows, op.Columns) * rank);

    /// <summary>(sigma / s) sqrt(d), d = r (n1 + n2 - r), or n r - r (r - 1) / 2 for a symmetric X: what least squares at the rank reach.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="op">The measurement operator, far more measurements than degrees of freedom.</param>
    /// <param name="structure">General or Symmetric.</param>
    /// <param name="rank">The rank of X*.</param>
    /// <param name="noiseStandardDeviation">sigma, in the units of y.</param>
    public static double OfOracle<T>(IMeasurementOperator<T> op, MatrixStructure structure, int rank, double noiseStandardDeviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(op);
        return PerUnknown(op, structure, noiseStandardDeviation) * Math.Sqrt(structure.DegreesOfFreedom(op.Rows, op.Columns, rank));
    }

    private static double PerUnknown<T>(IMeasurementOperator<T> op, MatrixStructure structure, double noiseStandardDeviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentOutOfRangeException.ThrowIfNegative(noiseStandardDeviation);
        return noiseStandardDeviation / double.CreateTruncating(op.ScaleFor(structure));
    }
}
