using FastSensing.Kernels;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Trials;

/// <summary>
/// A repeatable sequence of random calls: half of the sizes from the block edges, the others from 0..80; every layout,
/// the factors 0, 1, -1 and others; a quarter is graded; no call costs more multiply-adds than <paramref name="largestWork"/>.
/// </summary>
public sealed class RandomCases(int seed, BlockEdges edges, long largestWork = 1_000_000)
{
    private const int LargestOrder = 150;

    private static readonly double[] Factors = [0, 1, 1, -1, 2.5, -0.375];
    private static readonly Layout[] Layouts = Enum.GetValues<Layout>();
    private static readonly Layout[] Panels = [Layout.Dense, Layout.OffsetByOne, Layout.Padded];

    private readonly Random _random = new(seed);

    /// <summary>The next call of <paramref name="routine"/>.</summary>
    public BlasCase Next(Routine routine, Placement placement = Placement.Array)
    {
        while (true)
        {
            int m = Size(edges.Rows);
            int n = Size(edges.Columns);
            int k = Size(edges.Depths);
            (n, k) = routine switch
            {
                Routine.Gemv => (1, k),
                Routine.Syrk or Routine.Potrf => (m, k),
                _ => (n, k),
            };
            bool solves = routine is Routine.Trsm or Routine.Potrf or Routine.Potrs;
            long work = (long)m * n * (solves ? m : k);
            if (work <= largestWork && (!solves || m <= LargestOrder) && (routine != Routine.Syrk || m <= 4 * LargestOrder))
            {
                return Complete(new BlasCase(routine, m, n, solves ? 0 : k), placement);
            }
        }
    }

    /// <summary>A product of the given size that one panel of a micro-kernel computes: rows of B and C without gaps; a few of them deep.</summary>
    public BlasCase NextPanel(int rows, int columns)
    {
        while (true)
        {
            BlasCase call = Complete(new BlasCase(Routine.Gemm, rows, columns, _random.Next(16) == 0 ? Pick(edges.Depths) : _random.Next(25)), Placement.Array);
            if ((long)rows * columns * call.K <= largestWork)
            {
                return call with { B = Pick(Panels), C = Pick(Panels) };
            }
        }
    }

    private BlasCase Complete(in BlasCase shape, Placement placement) => shape with
    {
        Alpha = Pick(Factors),
        Beta = Pick(Factors),
        A = Pick(Layouts),
        B = Pick(Layouts),
        C = Pick(Layouts),
        Triangle = _random.Next(2) == 0 ? Triangle.Lower : Triangle.Upper,
        Graded = _random.Next(4) == 0,
        Placement = placement,
        Seed = _random.Next(),
    };

    private int Size(int[] edgeSizes) => _random.Next(2) == 0 ? Pick(edgeSizes) : _random.Next(81);

    private TItem Pick<TItem>(TItem[] from) => from[_random.Next(from.Length)];
}
