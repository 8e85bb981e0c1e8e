using System.Numerics;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>Expected values in twice the precision and how far off a computed one may be, by rows.</summary>
internal sealed class TailTable(int length)
{
    public double[] High { get; } = new double[length];

    public double[] Low { get; } = new double[length];

    public double[] Bound { get; } = new double[length];

    /// <summary>
    /// Compares <paramref name="count"/> elements, <paramref name="stride"/> apart, with those from
    /// <paramref name="first"/> on, and puts the canary in their place. Returns the first that is off (NaN is), or -1.
    /// </summary>
    public unsafe int Take<T>(T* values, nint stride, int count, int first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> high = High.AsSpan(first, count);
        ReadOnlySpan<double> low = Low.AsSpan(first, count);
        ReadOnlySpan<double> bound = Bound.AsSpan(first, count);
        int off = -1;
        for (int j = 0; j < high.Length; j++)
        {
            double value = double.CreateChecked(*values);
            if (!(Math.Abs(value - high[j] - low[j]) <= bound[j]) && off < 0)
            {
                off = j;
            }

            *values = T.NaN;
            values += stride;
        }

        return off;
    }
}
