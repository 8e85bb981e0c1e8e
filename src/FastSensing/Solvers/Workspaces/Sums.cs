using System.Numerics;

namespace FastSensing.Solvers.Workspaces;

/// <summary>Sums over vectors that decide about a step: in double precision whatever the element type, in a fixed order.</summary>
internal static class Sums
{
    /// <summary>sum_i x_i y_i.</summary>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += double.CreateTruncating(x[i]) * double.CreateTruncating(y[i]);
        }

        return sum;
    }
}
