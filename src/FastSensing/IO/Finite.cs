using System.Numerics;

namespace FastSensing.IO;

/// <summary>Looks for NaN and infinity in what was read.</summary>
internal static class Finite
{
    public static bool All<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => IndexOfOther(values) < 0;

    /// <summary>Index of the first element that is not finite, or -1.</summary>
    public static int IndexOfOther<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
