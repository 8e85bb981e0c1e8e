namespace FastSensing.Cli.Benchmarking;

/// <summary>A routine that can be measured.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Summary">What a call is.</param>
/// <param name="Shapes">The shapes it has; the first is the default.</param>
/// <param name="Sizes">Sizes n when none are given.</param>
/// <param name="Ranks">Ranks r when none are given.</param>
internal sealed record Routine(string Name, string Summary, BenchShape[] Shapes, int[] Sizes, int[] Ranks)
{
    private static readonly int[] Usual = [200, 500, 1000];
    private static readonly int[] UsualRanks = [5, 20];

    /// <summary>All routines.</summary>
    public static IReadOnlyList<Routine> All { get; } =
    [
        new(
            "gemm",
            "C = A B; nnr is L R^T, nrn is G R, twin is G^T L, gram is L^T R",
            [BenchShape.Square, BenchShape.Nnr, BenchShape.Nrn, BenchShape.Twin, BenchShape.Gram],
            [4, 8, 16, 32, 64, 128, 256, 512, 1000],
            UsualRanks),
        new(
            "gemm-plan",
            "C = A B by a plan made beforehand, added is C = A B + C; libxsmm is a peer of this routine alone",
            [BenchShape.Square, BenchShape.Added],
            [4, 5, 7, 8, 12, 16, 20, 24, 31, 32, 48, 50, 63, 64, 96, 100, 128],
            []),
        new("tile", "every tile of gemm alone, at depth n, with its goal; it has no peer", [BenchShape.Square], [256], []),
        new("two-products", "G R and G^T L: ours in one sweep of G, peers in two calls", [BenchShape.Nrn], Usual, UsualRanks),
        new("gemv", "y = A x", [BenchShape.Square], [64, 256, 1000, 2000], []),
        new("syrk", "a triangle of A A^T; gram is R^T R", [BenchShape.Gram, BenchShape.Square], Usual, UsualRanks),
        new("trsm", "the solve of ScaledGD, X (L L^T) = B: two triangular solves", [BenchShape.Nrn], Usual, UsualRanks),
        new("potrf", "copy A, then A = L L^T", [BenchShape.Square], [4, 8, 16, 32, 64, 128, 256, 512], []),
        new("sensing", "loss and gradient of a dense operator, m = 30 n, in one pass; peers: two gemv", [BenchShape.Nnr], [32, 64, 100], [5]),
        new("step", "one step of each method, m = 5 n r; peers: the same method on their routines", [BenchShape.Nnr], [60], [3]),
    ];

    /// <summary>Whether peers can be measured beside it.</summary>
    public bool HasPeers => Name != "tile";

    /// <summary>Whether it is one call of ManagedBlas after the other, which threads can share; the fused kernels have one thread.</summary>
    public bool SharesThreads => Name is not ("tile" or "sensing" or "step");

    /// <summary>Whether its small shapes can be measured with cold operands.</summary>
    public bool HasCold => Name is "gemm" or "gemm-plan" or "gemv" or "syrk" or "trsm" or "potrf";

    /// <summary>Whether a shape has an r beside its n.</summary>
    public static bool HasRank(BenchShape shape) => shape is not (BenchShape.Square or BenchShape.Added);

    /// <summary>Whether a peer has the routine at all.</summary>
    public bool HasPeer(string peer) => peer != "libxsmm" || Name == "gemm-plan";

    /// <summary>Every size to measure: a square for each n, else a pair for each n and r.</summary>
    public static IEnumerable<WorkloadSize> SizesOf(BenchShape[] shapes, int[] sizes, int[] ranks) =>
        from shape in shapes
        from n in sizes
        from rank in HasRank(shape) ? ranks : [0]
        select new WorkloadSize(shape, n, rank);
}
