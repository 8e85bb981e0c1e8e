namespace FastSensing.Cli.Benchmarking;

/// <summary>What was measured in each of many rounds: median, quartiles, and a bootstrap interval of the median.</summary>
/// <param name="values">One value per round.</param>
internal sealed class Sample(IEnumerable<double> values)
{
    private const int Resamples = 2000;

    private readonly double[] _sorted = [.. values.Order()];

    /// <summary>The median.</summary>
    public double Median => Quantile(_sorted, 0.5);

    /// <summary>The first quartile.</summary>
    public double LowerQuartile => Quantile(_sorted, 0.25);

    /// <summary>The third quartile.</summary>
    public double UpperQuartile => Quantile(_sorted, 0.75);

    /// <summary>The percentile bootstrap's 95 % interval of the median, from a fixed seed.</summary>
    public (double Low, double High) MedianInterval()
    {
        Random random = new(1);
        double[] medians = new double[Resamples];
        double[] draw = new double[_sorted.Length];
        for (int i = 0; i < Resamples; i++)
        {
            for (int j = 0; j < draw.Length; j++)
            {
                draw[j] = _sorted[random.Next(_sorted.Length)];
            }

            Array.Sort(draw);
            medians[i] = Quantile(draw, 0.5);
        }

        Array.Sort(medians);
        return (Quantile(medians, 0.025), Quantile(medians, 0.975));
    }

    // Linear between the two neighbours.
    private static double Quantile(double[] sorted, double q)
    {
        double position = q * (sorted.Length - 1);
        int below = (int)position;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((position - below) * (above - sorted[below]));
    }
}
