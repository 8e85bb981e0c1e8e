using System.Numerics;

namespace FastSensing.Kernels;

/// <summary>
/// Scaling by powers of two: exact in every bit, so that sums of squares can be taken where they neither overflow nor
/// underflow, and the result does not depend on the units of the data.
/// </summary>
/// <remarks>Exact as long as nothing becomes subnormal. Cost: O(n). Allocation: none.</remarks>
internal static class PowerOfTwo
{
    /// <summary>The e with 2^e &lt;= max |x_i| &lt; 2^(e + 1); 0 where all are 0 or the largest is not finite.</summary>
    public static int Exponent<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponent(LargestMagnitude(x));

    /// <summary>The e with 2^e &lt;= largest &lt; 2^(e + 1); 0 for 0, infinity and NaN.</summary>
    public static int Exponent<T>(T largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => largest > T.Zero && T.IsFinite(largest) ? T.ILogB(largest) : 0;

    /// <summary>max |x_i|; NaN where one is.</summary>
    public static T LargestMagnitude<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T value in x)
        {
            largest = T.Max(largest, T.Abs(value));
        }

        return largest;
    }

    /// <summary>x &#8592; 2^exponent x, also where 2^exponent itself is beyond the range of T.</summary>
    public static void Scale<T>(Span<T> x, int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (exponent == 0)
        {
            return;
        }

        T first = T.ScaleB(T.One, exponent / 2);
        T second = T.ScaleB(T.One, exponent - (exponent / 2));
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = x[i] * first * second;
        }
    }
}
