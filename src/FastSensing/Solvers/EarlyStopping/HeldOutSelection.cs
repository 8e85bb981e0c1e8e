using System.Numerics;
using FastSensing.Problems;
using FastSensing.Sampling;

namespace FastSensing.Solvers.EarlyStopping;

/// <summary>
/// Which tenth of the measurements is held out, by seed. Of entry samples the two places (i, j) and (j, i) of a symmetric X
/// stay together, for one gives the other away, and no row or column loses its last entry, for nothing could predict it.
/// </summary>
internal static class HeldOutSelection
{
    private const int Share = 10;

    /// <summary>The held-out measurements, ascending; none when there are too few.</summary>
    public static int[] Choose<T>(SensingProblem<T> problem, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] order = Shuffle(problem.Operator.MeasurementCount, seed);
        int wanted = order.Length / Share;
        int[] held = EntryCoverage.Of(problem) is { } coverage ? Spare(order, wanted, coverage) : order[..wanted];
        Array.Sort(held);
        return held;
    }

    private static int[] Spare(int[] order, int wanted, EntryCoverage coverage)
    {
        List<int> held = [];
        bool[] taken = new bool[order.Length];
        foreach (int entry in order)
        {
            if (held.Count >= wanted)
            {
                break;
            }

            if (!taken[entry] && coverage.TryRemove(entry))
            {
                Take(entry);
                if (coverage.Twin(entry) is { } twin)
                {
                    Take(twin);
                }
            }
        }

        return [.. held];

        void Take(int entry)
        {
            held.Add(entry);
            taken[entry] = true;
        }
    }

    private static int[] Shuffle(int count, ulong seed)
    {
        NormalGenerator generator = new NormalGenerator(seed).Stream(3);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(generator.Bits((ulong)i) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
