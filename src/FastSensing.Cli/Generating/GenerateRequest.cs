using FastSensing.Operators;

namespace FastSensing.Cli.Generating;

/// <summary>What the user asked `generate` for.</summary>
internal sealed record GenerateRequest
{
    public required string Output { get; init; }

    public MeasurementKind Kind { get; init; }

    public MatrixStructure Structure { get; init; }

    public int Rows { get; init; }

    public int Columns { get; init; }

    public int Rank { get; init; }

    public double ConditionNumber { get; init; }

    public int Measurements { get; init; }

    public double Noise { get; init; }

    public ulong Seed { get; init; }

    /// <summary>An npy file of the matrix to measure, or null for a random one.</summary>
    public string? Truth { get; init; }
}
