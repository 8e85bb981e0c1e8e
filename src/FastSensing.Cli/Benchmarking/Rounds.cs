using System.Diagnostics;

namespace FastSensing.Cli.Benchmarking;

/// <summary>
/// Times rivals in turn, round after round, so that a clock that moves moves all of them: figures are ratios within a
/// round, and medians over rounds. A round in which another process took the core away is run again.
/// </summary>
internal static class Rounds
{
    private const double LeastShareOfTheCore = 0.97;
    private const int PatientAttempts = 40;
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan ShortRun = TimeSpan.FromMilliseconds(20);

    /// <summary>Times calls; throws where other processes leave no undisturbed rounds.</summary>
    /// <returns>Seconds per call, [rival][round].</returns>
    public static double[][] Time(int count, double secondsPerTurn, params Action[] rivals)
    {
        RoundTimes times = Time(new RoundPlan(count, secondsPerTurn, WarmUp.Recompilation, PatientAttempts, TimeSpan.MaxValue), Array.ConvertAll(rivals, Repeated));
        return times.Spoiled == 0
            ? times.Seconds
            : throw new InvalidOperationException("Other processes take the cores: there is nothing to be measured here now.");
    }

    /// <summary>Times rivals that repeat their call themselves, so that nothing of ours lies between two calls.</summary>
    /// <param name="plan">How many rounds, how long.</param>
    /// <param name="rivals">Each calls what is timed as often as it is told.</param>
    public static RoundTimes Time(RoundPlan plan, params Action<int>[] rivals)
    {
        int[] repeats = [.. rivals.Select(rival => Repeats(rival, plan))];
        double[][] seconds = [.. rivals.Select(_ => new double[plan.Count])];
        int attemptsLeft = plan.Attempts * plan.Count;
        int spoiled = 0;
        long start = Stopwatch.GetTimestamp();
        RunRound(rivals, repeats, (_, _) => { }); // Run and forgotten.
        for (int round = 0; round < plan.Count; round++)
        {
            bool undisturbed;
            do
            {
                undisturbed = RunRound(rivals, repeats, (i, turn) => seconds[i][round] = turn);
            }
            while (!undisturbed && --attemptsLeft > 0 && Stopwatch.GetElapsedTime(start) < plan.Patience);
            spoiled += undisturbed ? 0 : 1;
        }

        return new RoundTimes(seconds, spoiled);
    }

    private static bool RunRound(Action<int>[] rivals, int[] repeats, Action<int, double> keep)
    {
        bool undisturbed = true;
        for (int i = 0; i < rivals.Length; i++)
        {
            (double seconds, bool alone) = Turn(rivals[i], repeats[i]);
            undisturbed &= alone;
            keep(i, seconds);
        }

        return undisturbed;
    }

    private static Action<int> Repeated(Action call) => repeats =>
    {
        for (int i = 0; i < repeats; i++)
        {
            call();
        }
    };

    private static int Repeats(Action<int> rival, RoundPlan plan)
    {
        bool recompilation = plan.WarmUp == WarmUp.Recompilation;
        for (int i = 0; i < (recompilation ? 3 : 1); i++)
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < (recompilation ? Run : ShortRun);)
            {
                rival(1);
            }

            if (recompilation)
            {
                Thread.Sleep(Run);
            }
        }

        // Twice, because a single short call is less than the clock can tell.
        double once = Fastest(rival, 1);
        int about = Math.Max(1, (int)(0.1 * plan.SecondsPerTurn / Math.Max(once, 1e-8)));
        return (int)Math.Clamp(plan.SecondsPerTurn / Fastest(rival, about), 1, int.MaxValue);
    }

    private static double Fastest(Action<int> rival, int repeats) => Enumerable.Range(0, 3).Min(_ => Turn(rival, repeats).Seconds);

    private static (double Seconds, bool Undisturbed) Turn(Action<int> rival, int repeats)
    {
        double? onCore = ThreadClock.Seconds;
        long start = Stopwatch.GetTimestamp();
        rival(repeats);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bool undisturbed = onCore is null || ThreadClock.Seconds - onCore >= LeastShareOfTheCore * seconds;
        return (seconds / repeats, undisturbed);
    }
}
