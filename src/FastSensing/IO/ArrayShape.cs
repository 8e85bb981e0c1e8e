using System.Globalization;
using System.Text;

namespace FastSensing.IO;

/// <summary>Shapes as Python writes them, (3, 4) or (5,), and their checked products.</summary>
internal static class ArrayShape
{
    public static string Format(ReadOnlySpan<int> shape)
    {
        StringBuilder text = new("(");
        for (int i = 0; i < shape.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(shape[i].ToString(CultureInfo.InvariantCulture));
        }

        return text.Append(shape.Length == 1 ? ",)" : ")").ToString();
    }

    /// <summary>The number of elements, or false when their bytes exceed 2^63 - 1.</summary>
    public static bool TryCount(ReadOnlySpan<int> shape, int elementSize, out long count)
    {
        count = shape.Contains(0) ? 0 : 1;
        foreach (int length in shape)
        {
            if (count > long.MaxValue / elementSize / Math.Max(length, 1))
            {
                return false;
            }

            count *= length;
        }

        return true;
    }
}
