using System.Numerics;
using FastSensing.Kernels;

namespace FastSensing.Cli.Benchmarking.Gains;

/// <summary>Measures what our threads gain, in rounds of their own: loops on one thread and on all, ours on one and on all.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class ThreadGainMeter<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double SecondsPerTurn = 0.005;
    private const int Attempts = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManagedBlas<T> _one = new();
    private readonly ManagedBlas<T> _all;
    private readonly RegisterLoops<T> _loops;
    private readonly int _rounds;

    /// <summary>For a back end with several threads.</summary>
    /// <param name="all">The back end.</param>
    /// <param name="rounds">Rounds.</param>
    public ThreadGainMeter(ManagedBlas<T> all, int rounds)
    {
        _all = all;
        _rounds = rounds;
        _loops = new RegisterLoops<T>(all.MaxDegreeOfParallelism);
    }

    /// <summary>Measures a workload; null when no round counts.</summary>
    public ThreadGain? Measure(Workload<T> workload)
    {
        double[][] seconds = Rounds.Time(
            new RoundPlan(_rounds, SecondsPerTurn, WarmUp.Caches, Attempts, Patience),
            RegisterLoops<T>.RunOne,
            _loops.RunAll,
            repeats => workload.RunOurs(_one, repeats),
            repeats => workload.RunOurs(_all, repeats)).Seconds;
        return ThreadGain.Of(
            _all.MaxDegreeOfParallelism,
            [.. Enumerable.Range(0, _rounds).Select(round => (seconds[0][round], seconds[1][round], seconds[2][round], seconds[3][round]))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loops.Dispose();
        _one.Dispose();
    }
}
