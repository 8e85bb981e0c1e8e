namespace FastSensing.Cli.Benchmarking.Goals;

/// <summary>The goals of the dense routines on one thread: the sizes of sensing and of small matrices.</summary>
internal static class GoalClasses
{
    private static readonly int[] Factors = [2, 3, 5, 10, 20, 50];
    private static readonly int[] Orders = [50, 100, 200, 500, 1000];
    private static readonly int[] Solves = [200, 500, 1000];

    /// <summary>All classes.</summary>
    public static IReadOnlyList<GoalClass> All { get; } = [.. Products(), .. Factorisations(), .. Narrower()];

    private static IEnumerable<GoalClass> Products() =>
    [
        Gemm("gemm-tiny", "Gemm, squares 4 .. 24", [4, 5, 7, 8, 12, 16, 20, 24], 1.0, 1.5),
        Gemm("gemm-small", "Gemm, squares 31 .. 100", [31, 32, 48, 50, 63, 64, 96, 100], 0.9, 0.97),
        Gemm("gemm-medium", "Gemm, squares 128 .. 512", [128, 150, 200, 255, 256, 384, 500, 512], 0.9, 1.05),
        Gemm("gemm-large", "Gemm, squares 1000 .. 2000", [1000, 1023, 2000], 0.9, 1.0),
        Plan("gemm-plan-tiny", "GemmPlan, squares 4 .. 24, against libxsmm", [4, 5, 7, 8, 12, 16, 20, 24], 0.6, 0.85),
        Plan("gemm-plan-small", "GemmPlan, squares 31 .. 128, against libxsmm", [31, 32, 48, 50, 63, 64, 96, 100, 128], 0.85, 0.97),
        new()
        {
            Name = "nnr", Title = "Gemm n x n x r, X = L R^T", Routine = "gemm", Shapes = [BenchShape.Nnr], Sizes = Orders, Ranks = Factors, Must = 1.0, Aim = 1.3,
        },
        new()
        {
            Name = "nrn", Title = "Gemm n x r x n, G R and its twin G^T L", Routine = "gemm", Shapes = [BenchShape.Nrn, BenchShape.Twin], Sizes = Orders, Ranks = Factors, Must = 0.95, Aim = 1.2,
        },
        new()
        {
            Name = "two-products", Title = "G R and G^T L in one sweep of G against two calls, G beyond L2", Routine = "two-products", Shapes = [BenchShape.Nrn], Sizes = [1000, 2000], Ranks = [5, 10, 20], Must = 1.3, Aim = 1.6,
        },
        new()
        {
            Name = "gram", Title = "Syrk r x r x n, the Gram matrix of a factor", Routine = "syrk", Shapes = [BenchShape.Gram], Sizes = Orders, Ranks = Factors, Must = 1.0, Aim = 1.4,
        },
    ];

    private static IEnumerable<GoalClass> Factorisations() =>
    [
        Potrf("potrf-4", [4], 1.0, null),
        Potrf("potrf-8", [8], 1.5, null),
        Potrf("potrf-small", [16, 32, 64, 100, 128], 2.0, 3.0),
        Potrf("potrf-medium", [200, 256], 1.2, 1.5),
        Potrf("potrf-512", [512], 1.0, 1.3),
        Trsm("trsm-10", [2, 3, 5, 10], 1.3, 1.8),
        Trsm("trsm-20", [20], 1.1, 1.25),
        Trsm("trsm-64", [32, 50, 64], 0.95, 1.1),
    ];

    private static IEnumerable<GoalClass> Narrower() =>
    [
        Gemm("gemm-avx2", "Gemm, squares 32 .. 512, AVX2 forced, against OpenBLAS' Haswell kernels", [32, 48, 64, 96, 100, 128, 200, 256, 384, 512], 0.95, 1.1) with
        {
            Isa = "Simd256", Peers = ["openblas"],
        },
    ];

    private static GoalClass Gemm(string name, string title, int[] sizes, double must, double aim) => new()
    {
        Name = name, Title = title, Routine = "gemm", Sizes = sizes, Must = must, Aim = aim,
    };

    private static GoalClass Plan(string name, string title, int[] sizes, double must, double aim) =>
        Gemm(name, title, sizes, must, aim) with { Routine = "gemm-plan", Peers = ["libxsmm"] };

    private static GoalClass Potrf(string name, int[] sizes, double must, double? aim) => new()
    {
        Name = name, Title = $"Potrf {string.Join(", ", sizes)}", Routine = "potrf", Sizes = sizes, Must = must, Aim = aim,
    };

    private static GoalClass Trsm(string name, int[] ranks, double must, double aim) => new()
    {
        Name = name,
        Title = $"Trsm, the solve of ScaledGD, n 200 .. 1000, r {string.Join(", ", ranks)}",
        Routine = "trsm",
        Shapes = [BenchShape.Nrn],
        Sizes = Solves,
        Ranks = ranks,
        Must = must,
        Aim = aim,
    };
}
