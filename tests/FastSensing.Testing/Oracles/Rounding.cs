using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Testing.Oracles;

/// <summary>Rounding-error constants: the unit roundoff u of a type and gamma_n = n u / (1 - n u).</summary>
public static class Rounding
{
    /// <summary>u: half the distance from 1 to the next number of type T.</summary>
    public static double Unit<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Unsafe.SizeOf<T>() == sizeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);

    /// <summary>gamma_n, the bound of n roundings in a row.</summary>
    public static double Gamma<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double nu = n * Unit<T>();
        return nu / (1 - nu);
    }
}
