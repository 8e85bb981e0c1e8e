using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Diagnostics;

/// <summary>||X||_* = sum_i sigma_i of an iterate that is given by its factors: what small starts are said to make small.</summary>
public static class NuclearNorm
{
    /// <summary>||L R^T||_*.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <remarks>Cost and allocation: those of <see cref="SingularValues.Of{T}"/>.</remarks>
    public static double Of<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (double value in SingularValues.Of(left, right))
        {
            sum += value;
        }

        return sum;
    }
}
