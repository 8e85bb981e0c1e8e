using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Problems;

/// <summary>Find X of low rank with A(X) = y: the data of a problem, without any choice of how to solve it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SensingProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>States the problem.</summary>
    /// <param name="op">The measurement operator A.</param>
    /// <param name="measurements">y, length m, finite. Not copied: it must not change while a solver is being made.</param>
    /// <param name="structure">General (X = L R^T), or Symmetric (X = U U^T; needs a square operator).</param>
    /// <param name="rank">Rank or factor width, >= 1, or null where it is not known.</param>
    /// <exception cref="ArgumentException">Wrong length, NaN or infinite measurements, not square, rank below 1.</exception>
    public SensingProblem(
        IMeasurementOperator<T> op,
        ReadOnlyMemory<T> measurements,
        MatrixStructure structure = MatrixStructure.General,
        int? rank = null)
    {
        ArgumentNullException.ThrowIfNull(op);
        if (measurements.Length != op.MeasurementCount)
        {
            throw new ArgumentException(
                $"y has {measurements.Length} elements and the operator makes {op.MeasurementCount} measurements; they must agree.",
                nameof(measurements));
        }

        if (op.MeasurementCount == 0)
        {
            throw new ArgumentException("There is not a single measurement (m = 0).", nameof(measurements));
        }

        RequireFinite(measurements.Span, nameof(measurements));
        if (structure == MatrixStructure.Symmetric && op.Rows != op.Columns)
        {
            throw new ArgumentException($"A symmetric X must be square; the operator is for {op.Rows} x {op.Columns}.", nameof(structure));
        }

        if (rank < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(rank), $"The rank is {rank}; it must be at least 1.");
        }

        Operator = op;
        Measurements = measurements;
        Structure = structure;
        Rank = rank;
    }

    /// <summary>The measurement operator A.</summary>
    public IMeasurementOperator<T> Operator { get; }

    /// <summary>The measurements y.</summary>
    public ReadOnlyMemory<T> Measurements { get; }

    /// <summary>General (X = L R^T) or Symmetric (X = U U^T).</summary>
    public MatrixStructure Structure { get; }

    /// <summary>The rank or factor width, where it is given.</summary>
    public int? Rank { get; }

    /// <summary>Free numbers in X: n1 n2, or n (n + 1) / 2 for a symmetric X.</summary>
    public long Unknowns => Structure.Unknowns(Operator.Rows, Operator.Columns);

    /// <summary>Degrees of freedom of a rank-r X: r (n1 + n2 - r), or n r - r (r - 1) / 2 for a symmetric X.</summary>
    /// <param name="rank">r >= 0.</param>
    public long DegreesOfFreedom(int rank) => Structure.DegreesOfFreedom(Operator.Rows, Operator.Columns, rank);

    /// <summary>For methods that are for problems of one structure.</summary>
    internal void RequireStructure(MatrixStructure structure)
    {
        if (Structure != structure)
        {
            throw new ArgumentException($"The method is for problems of structure {structure}; this one is {Structure}.", nameof(structure));
        }
    }

    internal static void RequireFinite(ReadOnlySpan<T> measurements, string name)
    {
        for (int i = 0; i < measurements.Length; i++)
        {
            if (!T.IsFinite(measurements[i]))
            {
                throw new ArgumentException($"Measurement {i} is {measurements[i]}; measurements must be finite.", name);
            }
        }
    }
}
