using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// 1 / s^2 as 2^(2 q) times a rest in (1/4, 4], with an even q: what turns an operator as stored into an isometric one
/// without leaving the range of the element type. 2^(q / 2), for factors, is a power of two as well.
/// </summary>
internal readonly struct IsometricUnits
{
    public IsometricUnits(InverseSquare inverseSquaredScale)
    {
        Exponent = inverseSquaredScale.Exponent & ~1;
        Rest = Math.ScaleB(inverseSquaredScale.Rest, 2 * (inverseSquaredScale.Exponent - Exponent));
    }

    /// <summary>q, even: 2^q is near 1 / s.</summary>
    public int Exponent { get; }

    /// <summary>1 / s^2 divided by 2^(2 q).</summary>
    public double Rest { get; }

    /// <summary>G &#8592; 2^q Rest G: the adjoint of a residual of 2^q X, in isometric units.</summary>
    public void ToIsometric<T>(MatrixSpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < gradient.Rows; i++)
        {
            PowerOfTwo.Scale(gradient.Row(i), Exponent);
            Level1.Scal(T.CreateTruncating(Rest), gradient.Row(i));
        }
    }
}
