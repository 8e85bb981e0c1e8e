using System.Diagnostics;

namespace FastSensing.Benchmarks.Figures;

/// <summary>
/// Times rivals in turn, round after round, so that a clock that moves moves all of them: figures are ratios within a
/// round, and medians over rounds.
/// </summary>
internal static class Rounds
{
    /// <summary>Seconds per call, [rival][round].</summary>
    /// <param name="count">Rounds that count; one more is run before them and forgotten.</param>
    /// <param name="secondsPerTurn">A turn repeats its call until about this long has passed in the first round.</param>
    /// <param name="rivals">What to time.</param>
    public static double[][] Time(int count, double secondsPerTurn, params Action[] rivals)
    {
        int[] repeats = [.. rivals.Select(rival => Repeats(rival, secondsPerTurn))];
        double[][] seconds = [.. rivals.Select(_ => new double[count])];
        for (int round = -1; round < count; round++)
        {
            for (int i = 0; i < rivals.Length; i++)
            {
                double turn = Turn(rivals[i], repeats[i]);
                if (round >= 0)
                {
                    seconds[i][round] = turn;
                }
            }
        }

        return seconds;
    }

    private static int Repeats(Action rival, double secondsPerTurn)
    {
        rival();
        double once = Turn(rival, 1);
        return Math.Max(1, (int)(secondsPerTurn / once));
    }

    private static double Turn(Action rival, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            rival();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
