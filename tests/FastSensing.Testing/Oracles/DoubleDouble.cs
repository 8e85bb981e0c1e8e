namespace FastSensing.Testing.Oracles;

/// <summary>
/// The unevaluated sum High + Low of two doubles, about 106 bits: exact enough to measure the rounding of double and
/// float kernels. Sums and products are the error-free transformations of Knuth and Dekker.
/// </summary>
public readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>x[0] y[0] + x[1] y[1] + ...; the error is about (n 2^-53)^2 sum |x| |y|.</summary>
    public static DoubleDouble Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double high = 0;
        double low = 0;
        for (int p = 0; p < x.Length; p++)
        {
            double product = x[p] * y[p];
            double productError = Math.FusedMultiplyAdd(x[p], y[p], -product);
            double sum = high + product;
            double part = sum - high;
            low += (high - (sum - part)) + (product - part) + productError;
            high = sum;
        }

        return new DoubleDouble(high, low);
    }

    /// <summary>This + x y.</summary>
    public DoubleDouble AddProduct(double x, double y)
    {
        double product = x * y;
        double sum = High + product;
        double part = sum - High;
        double error = (High - (sum - part)) + (product - part) + Math.FusedMultiplyAdd(x, y, -product);
        return new DoubleDouble(sum, Low + error);
    }

    /// <summary>This times x.</summary>
    public DoubleDouble Times(double x)
    {
        double product = High * x;
        return new DoubleDouble(product, Math.FusedMultiplyAdd(High, x, -product) + (Low * x));
    }

    /// <summary>|x - this|, rounded once.</summary>
    public double DistanceTo(double x)
    {
        DoubleDouble difference = AddProduct(-1, x);
        return Math.Abs(difference.High + difference.Low);
    }
}
