using System.Numerics;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>How far the least-squares problems inside a step are solved.</summary>
internal static class InnerAccuracy
{
    private const int DefaultLimit = 1000;

    /// <summary>The given limit of conjugate-gradient steps, else 1000.</summary>
    public static int Limit(MethodOptions options)
    {
        int limit = options.InnerSteps ?? DefaultLimit;
        return limit >= 1
            ? limit
            : throw new ArgumentOutOfRangeException(nameof(options), $"InnerSteps is {limit}; it must be at least 1.");
    }

    /// <summary>The square root of the precision of T: to reduce a gradient further changes no digit that the next step keeps.</summary>
    public static double Finest<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Sqrt(double.CreateTruncating(T.BitIncrement(T.One) - T.One));
}
