using FastSensing.Operators;

namespace FastSensing.Cli.Experiments;

/// <summary>The grid over which Solve is to need no tuning, and which of its cells a number of runs visits.</summary>
internal static class GridCells
{
    /// <summary>From this size on a run takes a minute rather than a second.</summary>
    public const int LargeSize = 150;

    /// <summary>At most this share of the runs is large.</summary>
    private const double LargeShare = 0.1;

    private static readonly (int Size, int[] Ranks)[] Sizes = [(30, [1, 2]), (60, [1, 3, 5]), (LargeSize, [1, 3, 10])];
    private static readonly double[] Conditions = [1, 10, 100];
    private static readonly double[] Oversamplings = [2.5, 3, 4, 6];
    private static readonly double[] SignalToNoise = [double.PositiveInfinity, 1000, 100, 10];

    /// <summary>All cells, also those with too many measurements. A matrix of rank 1 has condition number 1.</summary>
    public static GridCell[] Full { get; } =
    [
        .. from size in Sizes
           from structure in (MatrixStructure[])[MatrixStructure.Symmetric, MatrixStructure.General]
           from rank in size.Ranks
           from condition in rank == 1 ? [1] : Conditions
           from oversampling in Oversamplings
           from ratio in SignalToNoise
           select new GridCell
           {
               Size = size.Size, Structure = structure, Rank = rank, Condition = condition, Oversampling = oversampling, SignalToNoise = ratio,
           },
    ];

    /// <summary>The cells whose measurements are at most 0.6 of the unknowns.</summary>
    public static GridCell[] All { get; } = [.. Full.Where(cell => cell.IsCompressed)];

    /// <summary>A number of runs: the small cells in turn, seed after seed, then some of the large ones, spread over the grid.</summary>
    public static IEnumerable<GridRun> Plan(int runs)
    {
        int large = (int)(LargeShare * runs);
        return Take(false, runs - large).Concat(Take(true, large));
    }

    /// <summary>The runs of one kind. Every run has a seed of its own, so that all are independent.</summary>
    private static IEnumerable<GridRun> Take(bool large, int runs)
    {
        int[] cells = [.. Enumerable.Range(0, All.Length).Where(index => All[index].Size >= LargeSize == large)];

        // Steps of about the golden ratio of the list visit all of it, evenly from the beginning.
        int stride = (int)(0.618 * cells.Length);
        while (Gcd(stride, cells.Length) > 1)
        {
            stride++;
        }

        return Enumerable.Range(0, runs).Select(run =>
        {
            int cell = cells[(int)((long)run * stride % cells.Length)];
            return new GridRun(All[cell], (ulong)((1000 * cell) + (run / cells.Length)));
        });
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
