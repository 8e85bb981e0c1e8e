namespace FastSensing.Sampling;

/// <summary>
/// The inverse of the standard normal distribution function, by + - * / and square root alone: every platform computes
/// the same bits. Relative error below 1e-14 for 2^-53 &lt;= u &lt;= 1 - 2^-53.
/// </summary>
/// <remarks>
/// Two rational approximations, fitted for this file in 60-digit arithmetic (weighted least squares iterated towards
/// equal ripple; relative error of the fits below 5e-18). Both are written in a variable that is never negative, so that
/// all coefficients are positive and nothing cancels.
/// </remarks>
internal static class NormalQuantile
{
    /// <summary>The centre is |u - 1/2| &lt;= 7/16.</summary>
    private const double CentreHalfWidth = 0.4375;

    /// <summary>Just below sqrt(-2 ln(1/16)), where the tails begin.</summary>
    private const double TailOrigin = 2.3125;

    private const double Ln2 = 0.69314718055994530942;

    private const double Sqrt2 = 1.41421356237309504880;

    /// <summary>The x with Phi(x) = u.</summary>
    /// <param name="u">A multiple of 2^-53 in (0, 1), so that u - 1/2 and 1 - u are exact.</param>
    public static double Of(double u)
    {
        double q = u - 0.5;
        double s = (CentreHalfWidth * CentreHalfWidth) - (q * q);
        if (s >= 0.0)
        {
            return q * Centre(s);
        }

        return q < 0.0 ? -Tail(u) : Tail(1.0 - u);
    }

    /// <summary>Phi^-1(1/2 + q) / q as a function of s = (7/16)^2 - q^2 in [0, 49/256].</summary>
    private static double Centre(double s)
    {
        double p = 16371.264617110703;
        p = (p * s) + 262086.16441316422;
        p = (p * s) + 637965.2535454043;
        p = (p * s) + 533725.4822534313;
        p = (p * s) + 200485.22445999453;
        p = (p * s) + 37969.61008783457;
        p = (p * s) + 3749.548935483517;
        p = (p * s) + 183.54382327299967;
        p = (p * s) + 3.5065612442343914;
        double q = 36746.72971573307;
        q = (q * s) + 240523.70836843114;
        q = (q * s) + 394953.5865361842;
        q = (q * s) + 259285.51641064257;
        q = (q * s) + 82277.8192364901;
        q = (q * s) + 13746.959343759256;
        q = (q * s) + 1231.8138648271179;
        q = (q * s) + 55.788092296847545;
        q = (q * s) + 1.0;
        return p / q;
    }

    /// <summary>The x > 0 with 1 - Phi(x) = tail, a function of sqrt(-2 ln tail), for 2^-53 &lt;= tail &lt;= 1/16.</summary>
    private static double Tail(double tail)
    {
        double t = Math.Sqrt(-2.0 * Log(tail)) - TailOrigin;
        double p = 1.9894046792761735e-06;
        p = (p * t) + 0.00014911531636093217;
        p = (p * t) + 0.003808056003294133;
        p = (p * t) + 0.04712090549013142;
        p = (p * t) + 0.3230618811557037;
        p = (p * t) + 1.2800942809847735;
        p = (p * t) + 2.8735034868016127;
        p = (p * t) + 3.3203182620605576;
        p = (p * t) + 1.483373320260257;
        double q = 1.989349449216924e-06;
        q = (q * t) + 0.00014453102854277485;
        q = (q * t) + 0.0034857715873087987;
        q = (q * t) + 0.039696443309695975;
        q = (q * t) + 0.2430192199274583;
        q = (q * t) + 0.8197123204418386;
        q = (q * t) + 1.428324008953596;
        q = (q * t) + 1.0;
        return p / q;
    }

    /// <summary>ln x for a positive normal x: exponent ln 2 + 2 artanh((m - 1) / (m + 1)), m in [1/sqrt 2, sqrt 2).</summary>
    private static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        long exponent = (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        // |s| <= 0.172: the first term left out of the series is below 2e-18.
        double s = (m - 1.0) / (m + 1.0);
        double z = s * s;
        double sum = 1.0 / 21.0;
        sum = (sum * z) + (1.0 / 19.0);
        sum = (sum * z) + (1.0 / 17.0);
        sum = (sum * z) + (1.0 / 15.0);
        sum = (sum * z) + (1.0 / 13.0);
        sum = (sum * z) + (1.0 / 11.0);
        sum = (sum * z) + (1.0 / 9.0);
        sum = (sum * z) + (1.0 / 7.0);
        sum = (sum * z) + (1.0 / 5.0);
        sum = (sum * z) + (1.0 / 3.0);
        return (exponent * Ln2) + (2.0 * s) + (2.0 * s * z * sum);
    }
}
