namespace FastSensing.Diagnostics;

/// <summary>
/// How errors e_t fall with the iterations t, by least squares: ln e = a + b t (linear convergence, factor exp(b) an
/// iteration) and ln e = a + p ln t (sublinear, like t^p), and which of the two fits better.
/// </summary>
/// <param name="LinearSlope">b.</param>
/// <param name="LinearDeviation">Root mean square of what ln e = a + b t leaves.</param>
/// <param name="PowerSlope">p.</param>
/// <param name="PowerDeviation">Root mean square of what ln e = a + p ln t leaves.</param>
/// <param name="Fall">Standard deviation of ln e: what a law has to explain.</param>
public readonly record struct ConvergenceRate(
    double LinearSlope, double LinearDeviation, double PowerSlope, double PowerDeviation, double Fall)
{
    /// <summary>The better law leaves at most this share of what the other leaves, and of the fall itself.</summary>
    private const double ClearlyBetter = 0.5;

    /// <summary>exp(b): what an iteration leaves of the error if the law is linear.</summary>
    public double Factor => Math.Exp(LinearSlope);

    /// <summary>The law that leaves at most half of what the other one leaves, if the error falls by it.</summary>
    public RateLaw Law =>
        LinearSlope < 0 && LinearDeviation <= ClearlyBetter * Math.Min(PowerDeviation, Fall) ? RateLaw.Linear
        : PowerSlope < 0 && PowerDeviation <= ClearlyBetter * Math.Min(LinearDeviation, Fall) ? RateLaw.Sublinear
        : RateLaw.Undecided;

    /// <summary>Fits both laws. Give the part of a run that is in question: no alignment phase before it, no floor behind it.</summary>
    /// <param name="iterations">t, ascending and positive; a geometric progression weighs all decades alike.</param>
    /// <param name="errors">e_t, positive; as many.</param>
    /// <exception cref="ArgumentException">Fewer than three points, other lengths, numbers that are not positive and finite.</exception>
    /// <remarks>Cost: O(points). Allocation: none.</remarks>
    public static ConvergenceRate Fit(ReadOnlySpan<double> iterations, ReadOnlySpan<double> errors)
    {
        if (iterations.Length != errors.Length || errors.Length < 3)
        {
            throw new ArgumentException($"There are {iterations.Length} iterations and {errors.Length} errors; as many are needed, at least three.", nameof(errors));
        }

        LineFit linear = default;
        LineFit power = default;
        for (int i = 0; i < errors.Length; i++)
        {
            if (!(iterations[i] > 0 && errors[i] > 0 && double.IsFinite(iterations[i]) && double.IsFinite(errors[i])))
            {
                throw new ArgumentException($"Point {i} is ({iterations[i]}, {errors[i]}); both must be positive and finite.", nameof(errors));
            }

            linear.Add(iterations[i], Math.Log(errors[i]));
            power.Add(Math.Log(iterations[i]), Math.Log(errors[i]));
        }

        return new ConvergenceRate(linear.Slope, linear.Deviation, power.Slope, power.Deviation, linear.Fall);
    }

    /// <summary>LineFit of a straight line's fit, kept about the running means so that nothing cancels.</summary>
    private struct LineFit
    {
        private int _count;
        private double _meanX;
        private double _meanY;
        private double _xx;
        private double _xy;
        private double _yy;

        public readonly double Slope => _xy / _xx;

        public readonly double Deviation => Math.Sqrt(Math.Max(0, _yy - (_xy * _xy / _xx)) / _count);

        public readonly double Fall => Math.Sqrt(_yy / _count);

        public void Add(double x, double y)
        {
            _count++;
            double fromX = x - _meanX;
            double fromY = y - _meanY;
            _meanX += fromX / _count;
            _meanY += fromY / _count;
            _xx += fromX * (x - _meanX);
            _xy += fromX * (y - _meanY);
            _yy += fromY * (y - _meanY);
        }
    }
}
