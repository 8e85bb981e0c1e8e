using System.Globalization;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Cli.Benchmarking.Gains;

/// <summary>The gains of rows as people read them.</summary>
internal static class ThreadGainLines
{
    /// <summary>A line per shape, nothing where all rows ran on one thread.</summary>
    public static IEnumerable<string> Of(IEnumerable<BenchRow> rows) => rows
        .Where(row => row.Threads > 1)
        .Select(row => $"{row.Routine} {row.Shape} {row.Precision} {row.Isa}: {Describe(row.Threads, row.ThreadGain)}")
        .Distinct();

    private static string Describe(int threads, ThreadGain? gain) => gain is null
        ? $"{threads} register loops never gained {Number(ThreadGain.LeastLoopShare * threads)}: the cores were not free, nothing is known of {threads} threads."
        : $"{threads} threads gain {Number(gain.Gain)}, {threads} register loops {Number(gain.Loops)}: a share of {Number(gain.Share)} "
            + $"({Number(gain.Interval[0])} .. {Number(gain.Interval[1])}); {gain.Dropped} of {gain.Rounds} rounds dropped, in which the loops gained less than {Number(ThreadGain.LeastLoopShare * threads)}.";

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
