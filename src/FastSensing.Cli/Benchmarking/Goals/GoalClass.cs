namespace FastSensing.Cli.Benchmarking.Goals;

/// <summary>Rows of one routine that share a goal: how its time is to compare with the better of some peers.</summary>
internal sealed record GoalClass
{
    /// <summary>A name for the command line and for files.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The routine's name.</summary>
    public required string Routine { get; init; }

    public required int[] Sizes { get; init; }

    public int[] Ranks { get; init; } = [];

    public BenchShape[] Shapes { get; init; } = [BenchShape.Square];

    /// <summary>Each size is compared with whichever of these is faster at it.</summary>
    public string[] Peers { get; init; } = ["mkl", "openblas"];

    /// <summary>The tag that ours is compiled for and that the peers' kernels are chosen for.</summary>
    public string Isa { get; init; } = "Simd512";

    /// <summary>What the ratio of every single size has to reach.</summary>
    public required double Must { get; init; }

    /// <summary>What the geometric mean of the ratios has to reach; null where there is no such goal.</summary>
    public double? Aim { get; init; }

    /// <summary>The measurement of it.</summary>
    /// <param name="precision">Element type.</param>
    /// <param name="rounds">Interleaved rounds.</param>
    public BenchRequest ToRequest(Precision precision, int rounds)
    {
        Routine routine = Benchmarking.Routine.All.Single(r => r.Name == Routine);
        return new BenchRequest
        {
            Routine = routine,
            Sizes = Sizes,
            Ranks = Ranks,
            Shapes = Shapes,
            Precision = precision,
            Isas = [Isa],
            Peers = Peers,
            Threads = 1,
            Rounds = rounds,
            Cold = routine.HasCold,
        };
    }
}
