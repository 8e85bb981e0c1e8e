using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// A method's own copy of y as y / 2^e, with the even e that brings the largest measurement into [1, 4), and what a loss
/// in those units is to the user.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class MeasurementUnits<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _values;
    private readonly double _lossShare;
    private readonly InverseSquare _inverseSquaredScale;
    private double _norm;

    public MeasurementUnits(SensingProblem<T> problem)
    {
        _values = new T[problem.Operator.MeasurementCount];
        _inverseSquaredScale = InverseSquare.Of(problem.Operator.ScaleFor(problem.Structure));

        // Half the squared residual in the general case, a quarter in the symmetric one.
        _lossShare = problem.Structure == MatrixStructure.Symmetric ? 0.25 : 0.5;
        Take(problem.Measurements.Span);
    }

    /// <summary>y / 2^e.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>e, an even number.</summary>
    public int Exponent { get; private set; }

    /// <summary>Takes new measurements.</summary>
    /// <returns>The old e minus the new one.</returns>
    /// <exception cref="ArgumentException">Another length, NaN or infinity; nothing is changed.</exception>
    public int Take(ReadOnlySpan<T> measurements)
    {
        if (measurements.Length != _values.Length)
        {
            throw new ArgumentException(
                $"y has {measurements.Length} elements and the operator makes {_values.Length} measurements; they must agree.",
                nameof(measurements));
        }

        SensingProblem<T>.RequireFinite(measurements, nameof(measurements));
        measurements.CopyTo(_values);
        int before = Exponent;

        // Even, so that its root is a power of two as well.
        Exponent = PowerOfTwo.Exponent(measurements) & ~1;
        PowerOfTwo.Scale(_values, -Exponent);
        _norm = double.CreateTruncating(Level1.Nrm2<T>(_values));
        return before - Exponent;
    }

    /// <summary>The numbers of an iterate.</summary>
    /// <param name="residual">A(X) - y in the units of this class; ||res|| is taken from it, so zero means zero.</param>
    /// <param name="iteration">Its number.</param>
    /// <param name="stepSize">The step that led there.</param>
    /// <param name="damping">Its damping.</param>
    public IterationProgress Progress(ReadOnlySpan<T> residual, int iteration, double stepSize, double damping)
    {
        double norm = double.CreateTruncating(Level1.Nrm2(residual));
        double relative = _norm > 0 ? norm / _norm : norm > 0 ? double.PositiveInfinity : norm;
        double loss = Math.ScaleB(
            _lossShare * norm * norm * _inverseSquaredScale.Rest, 2 * (Exponent + _inverseSquaredScale.Exponent));
        return new IterationProgress(iteration, loss, relative, 0, stepSize, damping);
    }
}
