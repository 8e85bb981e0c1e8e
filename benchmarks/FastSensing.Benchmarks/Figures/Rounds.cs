using System.Diagnostics;

namespace FastSensing.Benchmarks.Figures;

/// <summary>
/// Times rivals in turn, round after round, so that a clock that moves moves all of them: figures are ratios within a
/// round, and medians over rounds. A round in which another process took the core away is run again.
/// </summary>
internal static class Rounds
{
    private const double LeastShareOfTheCore = 0.97;
    private const int MostAttemptsPerRound = 40;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(120);

    /// <summary>Seconds per call, [rival][round].</summary>
    /// <param name="count">Rounds that count; one more is run before them and forgotten.</param>
    /// <param name="secondsPerTurn">A turn repeats its call for about this long, at least once.</param>
    /// <param name="rivals">What to time.</param>
    public static double[][] Time(int count, double secondsPerTurn, params Action[] rivals)
    {
        int[] repeats = [.. rivals.Select(rival => Repeats(rival, secondsPerTurn))];
        double[][] seconds = [.. rivals.Select(_ => new double[count])];
        int spoiled = 0;
        for (int round = -1; round < count; round++)
        {
            bool counts = true;
            for (int i = 0; i < rivals.Length; i++)
            {
                (double turn, bool undisturbed) = Turn(rivals[i], repeats[i]);
                counts &= undisturbed;
                if (round >= 0)
                {
                    seconds[i][round] = turn;
                }
            }

            if (!counts && ++spoiled > MostAttemptsPerRound * count)
            {
                throw new InvalidOperationException("Other processes take the cores: there is nothing to be measured here now.");
            }

            round -= counts ? 0 : 1;
        }

        return seconds;
    }

    private static int Repeats(Action rival, double secondsPerTurn)
    {
        // The runtime compiles what is called often once more, on another thread, after a pause without new methods.
        for (int i = 0; i < 3; i++)
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            {
                rival();
            }

            Thread.Sleep(WarmUp);
        }

        double once = Enumerable.Range(0, 3).Min(_ => Turn(rival, 1).Seconds);
        return Math.Max(1, (int)(secondsPerTurn / once));
    }

    private static (double Seconds, bool Undisturbed) Turn(Action rival, int repeats)
    {
        double? onCore = ThreadClock.Seconds;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            rival();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bool undisturbed = onCore is null || ThreadClock.Seconds - onCore >= LeastShareOfTheCore * seconds;
        return (seconds / repeats, undisturbed);
    }
}
