using System.Numerics;

namespace FastSensing.Operators;

/// <summary>
/// 1 / s^2 of an operator's scale s as 2^(2 Exponent) times a number in (1/4, 1]: applied in pieces it neither overflows
/// nor underflows where 1 / s^2 itself would.
/// </summary>
internal readonly struct InverseSquare
{
    private InverseSquare(int exponent, double rest)
    {
        Exponent = exponent;
        Rest = rest;
    }

    /// <summary>Half the exponent of the power of two: 2^Exponent is near 1 / s.</summary>
    public int Exponent { get; }

    /// <summary>1 / s^2 divided by 2^(2 Exponent); 0 for s = 0.</summary>
    public double Rest { get; }

    /// <summary>1 / scale^2, and 0 for an operator that measures nothing.</summary>
    public static InverseSquare Of<T>(T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(scale > T.Zero))
        {
            return default;
        }

        int exponent = -T.ILogB(scale);
        double reduced = Math.ScaleB(double.CreateTruncating(scale), exponent);
        return new InverseSquare(exponent, 1 / (reduced * reduced));
    }
}
