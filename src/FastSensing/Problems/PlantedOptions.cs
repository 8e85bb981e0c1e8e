using FastSensing.Operators;

namespace FastSensing.Problems;

/// <summary>What a planted problem looks like; immutable.</summary>
public sealed record PlantedOptions
{
    /// <summary>Rank r of X*, 1 &lt;= r &lt;= min(n1, n2).</summary>
    public required int Rank { get; init; }

    /// <summary>sigma_1 / sigma_r of the matrix X* (that of its factors is the square root), >= 1; a matrix of rank 1 has 1 whatever is said here.</summary>
    public double ConditionNumber { get; init; } = 1.0;

    /// <summary>Standard deviation of the Gaussian noise on each measurement, in the units of y, >= 0.</summary>
    public double NoiseStandardDeviation { get; init; }

    /// <summary>Fixes X* and the noise; independent of a seed that made the operator.</summary>
    public ulong Seed { get; init; }

    /// <summary>General, or symmetric positive semidefinite (needs a square operator).</summary>
    public MatrixStructure Structure { get; init; }
}
