using System.Numerics;
using FastSensing.Kernels;

namespace FastSensing.Solvers.Workspaces;

/// <summary>Euclidean norms of measurements and residuals that were brought near 1, in double precision.</summary>
internal static class ResidualNorm
{
    /// <summary>||x||.</summary>
    public static double Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Sqrt(Sums.Dot(x, x));

    /// <summary>||res||, from the loss share ||res||^2 unless that is so small that squares were lost to underflow: zero means zero.</summary>
    public static double Of<T>(T loss, double share, ReadOnlySpan<T> residual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => loss <= T.Sqrt(T.Epsilon)
        ? double.CreateTruncating(Level1.Nrm2<T>(residual))
        : Math.Sqrt(double.CreateTruncating(loss) / share);
}
