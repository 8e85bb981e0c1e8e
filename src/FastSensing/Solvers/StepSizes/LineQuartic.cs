namespace FastSensing.Solvers.StepSizes;

/// <summary>phi(t) = ||a0 - t a1 + t^2 a2||^2 = c4 t^4 + c3 t^3 + c2 t^2 + c1 t + c0: the squared residual along a line of factors.</summary>
internal readonly record struct LineQuartic(double C4, double C3, double C2, double C1, double C0)
{
    /// <summary>From the products of the three vectors.</summary>
    public static LineQuartic FromProducts(double a0a0, double a0a1, double a0a2, double a1a1, double a1a2, double a2a2) =>
        new(a2a2, -2 * a1a2, (2 * a0a2) + a1a1, -2 * a0a1, a0a0);

    /// <summary>phi(t).</summary>
    public double At(double t) => (((((((C4 * t) + C3) * t) + C2) * t) + C1) * t) + C0;

    /// <summary>The t in (0, limit] with the least phi(t).</summary>
    /// <remarks>
    /// Between the zeros of phi'' the derivative is monotone, so each interval holds one minimum at most, found by bisection
    /// to the last bit. Only sums, products and a square root: a change of the units of t by a power of two changes no bit.
    /// </remarks>
    public double Minimize(double limit)
    {
        (double first, double second) = Inflections(limit);
        double best = limit;
        best = Better(best, 0, first);
        best = Better(best, first, second);
        return Better(best, second, limit);
    }

    /// <summary>The zeros of phi'' within [0, limit], ascending; limits where there are none.</summary>
    private (double First, double Second) Inflections(double limit)
    {
        double a = 12 * C4;
        double b = 3 * C3;
        double c = 2 * C2;
        double discriminant = (b * b) - (a * c);
        if (!(discriminant > 0))
        {
            return (0, limit);
        }

        double q = -(b + Math.CopySign(Math.Sqrt(discriminant), b));
        double x = Math.Clamp(Finite(q / a), 0, limit);
        double y = Math.Clamp(Finite(c / q), 0, limit);
        return (Math.Min(x, y), Math.Max(x, y));
    }

    private double Better(double best, double low, double high)
    {
        if (!(low < high && Derivative(low) < 0 && Derivative(high) > 0))
        {
            return best;
        }

        double middle = low + (0.5 * (high - low));
        while (middle > low && middle < high)
        {
            if (Derivative(middle) < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }

            middle = low + (0.5 * (high - low));
        }

        return At(high) < At(best) ? high : best;
    }

    private double Derivative(double t) => (((((4 * C4 * t) + (3 * C3)) * t) + (2 * C2)) * t) + C1;

    private static double Finite(double x) => double.IsFinite(x) ? x : 0;
}
