using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Problems;

namespace FastSensing.Solvers.Workspaces;

/// <summary>A method's own copy of y, as y / 2^e with the even e that brings the largest measurement into [1, 4).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class ScaledMeasurements<T>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values = new T[count];

    /// <summary>y / 2^e.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>e, even, so that the root of 2^e is a power of two as well.</summary>
    public int Exponent { get; private set; }

    /// <summary>||y / 2^e||.</summary>
    public double Norm { get; private set; }

    /// <summary>Takes new measurements.</summary>
    /// <exception cref="ArgumentException">Another number of them, or one that is not finite; nothing was changed.</exception>
    public void Take(ReadOnlySpan<T> measurements)
    {
        if (measurements.Length != _values.Length)
        {
            throw new ArgumentException(
                $"y has {measurements.Length} elements and the operator makes {_values.Length} measurements; they must agree.",
                nameof(measurements));
        }

        SensingProblem<T>.RequireFinite(measurements, nameof(measurements));
        measurements.CopyTo(_values);
        Exponent = PowerOfTwo.Exponent(measurements) & ~1;
        PowerOfTwo.Scale(_values, -Exponent);
        Norm = ResidualNorm.Of<T>(_values);
    }

    /// <summary>norm over that of y; 0 / 0 is 0, NaN stays NaN.</summary>
    public double Relative(double norm) => Norm > 0 ? norm / Norm : norm > 0 ? double.PositiveInfinity : norm;

    /// <summary>A state belongs to these measurements alone.</summary>
    public void Exchange(MethodState<T> state)
    {
        state.Same("measurements", _values);
        state.Same("exponent", Exponent);
    }
}
