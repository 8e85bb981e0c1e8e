using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Generating;
using FastSensing.Operators;

namespace FastSensing.Cli.Comparing;

/// <summary>What the user asked `compare` for.</summary>
internal sealed record CompareRequest
{
    /// <summary>A file, or null for planted problems of the sizes below.</summary>
    public string? Problem { get; init; }

    /// <summary>Rows of the method catalog.</summary>
    public required IReadOnlyList<int> Methods { get; init; }

    /// <summary>Of X; always given for planted problems.</summary>
    public int? Rank { get; init; }

    /// <summary>Factor width of the methods that need not know the rank, or null for the rank.</summary>
    public int? Width { get; init; }

    public MatrixStructure Structure { get; init; }

    public MeasurementKind Kind { get; init; }

    public int Rows { get; init; }

    public int Columns { get; init; }

    public double ConditionNumber { get; init; } = 1;

    /// <summary>m, or 0 for six per degree of freedom.</summary>
    public int Measurements { get; init; }

    public double Noise { get; init; }

    /// <summary>The first seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many, one after the other.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Most iterations of a run.</summary>
    public int Iterations { get; init; }

    /// <summary>managed, the name of a native BLAS, or its absolute path.</summary>
    public string Blas { get; init; } = BackEndChoice.Managed;

    /// <summary>Threads that one call of it may use.</summary>
    public int Threads { get; init; } = 1;

    public CompareForm Form { get; init; }
}
