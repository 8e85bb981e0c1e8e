using System.Globalization;

namespace FastSensing.Cli.Benchmarking;

/// <summary>What the command line of bench asks for.</summary>
internal sealed record BenchRequest
{
    public required Routine Routine { get; init; }

    public required int[] Sizes { get; init; }

    public required int[] Ranks { get; init; }

    public required BenchShape[] Shapes { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Tags to measure, in this order; the one of this process when there are none.</summary>
    public required string[] Isas { get; init; }

    public required string[] Peers { get; init; }

    public required int Threads { get; init; }

    public required int Rounds { get; init; }

    /// <summary>OpenBLAS' core type when it is not to be the one that suits the tag.</summary>
    public string? OpenBlasCore { get; init; }

    /// <summary>Whether small shapes are measured with cold operands as well.</summary>
    public bool Cold { get; init; }

    /// <summary>Whether peers are called as a solver calls them, behind our interface, instead of bare.</summary>
    public bool Wrapped { get; init; }

    /// <summary>The same request for one tag, to be measured in the process that gets it.</summary>
    public string[] ToArguments(string isa) =>
    [
        "bench", Routine.Name, "--sizes", List(Sizes),
        .. Shapes.Any(Routine.HasRank) ? ["--ranks", List(Ranks)] : Array.Empty<string>(),
        "--shapes", string.Join(',', Shapes).ToLowerInvariant(),
        "--precision", Precision == Precision.Single ? "fp32" : "fp64",
        "--isa", isa.ToLowerInvariant(),
        .. Peers.Length == 0 ? Array.Empty<string>() : ["--against", string.Join(',', Peers)],
        "--threads", Threads.ToString(CultureInfo.InvariantCulture),
        "--rounds", Rounds.ToString(CultureInfo.InvariantCulture),
        .. OpenBlasCore is null ? Array.Empty<string>() : ["--openblas-core", OpenBlasCore],
        .. Cold ? ["--cold"] : Array.Empty<string>(),
        .. Wrapped ? ["--wrapped"] : Array.Empty<string>(),
        "--json", "--here",
    ];

    private static string List(int[] numbers) => string.Join(',', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
