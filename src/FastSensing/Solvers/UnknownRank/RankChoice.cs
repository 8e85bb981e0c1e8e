namespace FastSensing.Solvers.UnknownRank;

/// <summary>The two rules of choosing a rank by held-out measurements.</summary>
internal static class RankChoice
{
    /// <summary>
    /// The ranks 1..k in descending order of the gap sigma_r / sigma_(r+1): the order of trial only, for on data that are
    /// not exactly of low rank the largest gap says nothing.
    /// </summary>
    /// <param name="values">The k singular values, descending.</param>
    public static int[] OrderByGap(ReadOnlySpan<double> values)
    {
        double[] keys = new double[values.Length];
        int[] ranks = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            // Nothing is known behind the last value: no gap.
            double next = i + 1 < values.Length ? values[i + 1] : values[i];
            double gap = next > 0 ? values[i] / next : values[i] > 0 ? double.MaxValue : 1;
            (keys[i], ranks[i]) = (-gap, i + 1);
        }

        Array.Sort(keys, ranks);
        return ranks;
    }

    /// <summary>
    /// True when a candidate predicts the held-out measurements as well as the best one, but for one standard error of
    /// the difference.
    /// </summary>
    /// <param name="candidate">Squared residual of each held-out measurement.</param>
    /// <param name="best">The same of the best candidate.</param>
    /// <remarks>Differences are taken measurement by measurement: both candidates meet the same noise, which cancels.</remarks>
    public static bool IsAsGood(ReadOnlySpan<double> candidate, ReadOnlySpan<double> best)
    {
        (double mean, double standardError) = MeanDifference(candidate, best);
        return mean <= standardError;
    }

    /// <summary>The mean of first - second and its standard error.</summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other, of the same length; empty for zeros.</param>
    public static (double Mean, double StandardError) MeanDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double mean = 0;
        for (int i = 0; i < first.Length; i++)
        {
            mean += (first[i] - (second.IsEmpty ? 0 : second[i])) / first.Length;
        }

        double squares = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double deviation = first[i] - (second.IsEmpty ? 0 : second[i]) - mean;
            squares += deviation * deviation;
        }

        return (mean, Math.Sqrt(squares / ((double)first.Length * Math.Max(1, first.Length - 1))));
    }
}
