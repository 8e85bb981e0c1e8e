using System.Numerics;
using System.Runtime.CompilerServices;

namespace FastSensing.Solvers;

/// <summary>The relative residual ||A(X) - y|| / ||y|| that counts as solved where none is asked for.</summary>
public static class DefaultTolerance
{
    /// <summary>What is left of double precision after sums of thousands of terms.</summary>
    public const double Double = 1e-12;

    /// <summary>Single precision to within a few roundings: its residuals floor a little below.</summary>
    public const double Single = 1e-6;

    /// <summary>The one of the two that belongs to an element type.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static double Of<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Unsafe.SizeOf<T>() == sizeof(double) ? Double : Single;
}
