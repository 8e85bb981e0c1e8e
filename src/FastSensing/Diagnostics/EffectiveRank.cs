using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Diagnostics;

/// <summary>
/// exp(- sum_i p_i log p_i) with p_i = sigma_i / ||X||_*: how many singular values an iterate has that count, a number that
/// moves smoothly from 1 to the rank.
/// </summary>
/// <remarks>Reference: Roy, Vetterli, EUSIPCO 2007.</remarks>
public static class EffectiveRank
{
    /// <summary>The effective rank of L R^T; 0 for X = 0.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <remarks>Cost and allocation: those of <see cref="SingularValues.Of{T}"/>.</remarks>
    public static double Of<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of(SingularValues.Of(left, right));

    /// <summary>The effective rank of a matrix with the given singular values; 0 where all are 0.</summary>
    /// <param name="singularValues">None negative.</param>
    public static double Of(ReadOnlySpan<double> singularValues)
    {
        double norm = 0;
        foreach (double value in singularValues)
        {
            norm += value;
        }

        double entropy = 0;
        foreach (double value in singularValues)
        {
            double share = value / norm;
            entropy -= share > 0 ? share * Math.Log(share) : 0;
        }

        return norm > 0 ? Math.Exp(entropy) : norm;
    }
}
