using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.Operators;

namespace FastSensing.Cli.Solving;

/// <summary>What the user asked `solve` for.</summary>
internal sealed record SolveRequest
{
    public required string Problem { get; init; }

    /// <summary>A row of the method catalog, or null for MatrixSensing.Solve.</summary>
    public int? Method { get; init; }

    public int? Rank { get; init; }

    public MatrixStructure Structure { get; init; }

    public int? Iterations { get; init; }

    public double? Tolerance { get; init; }

    public double? StepSize { get; init; }

    public double? Damping { get; init; }

    public double? InitialScale { get; init; }

    public ulong Seed { get; init; }

    /// <summary>managed, the name of a native BLAS, or its absolute path.</summary>
    public string Blas { get; init; } = BackEndChoice.Managed;

    /// <summary>Threads that one call of it may use.</summary>
    public int Threads { get; init; } = 1;

    public string? Output { get; init; }

    public string? Trace { get; init; }

    /// <summary>Where the state of the method is written to, now and then and at the end.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>A checkpoint that the run goes on from.</summary>
    public string? Resume { get; init; }

    /// <summary>Whether a few steps are made first that are not measured, and undone.</summary>
    public bool WarmUp { get; init; }

    public ReportForm Form { get; init; }

    /// <summary>Whether using up the iterations is what was asked for.</summary>
    public bool EndsByIterations => Iterations is not null && Tolerance is null;
}
