using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Kernels;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking;

/// <summary>Measures a workload: the limit, ours and every peer in turn, round after round; one row per peer.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="blas">Ours.</param>
/// <param name="peers">The peers; with none, the row is ours alone.</param>
/// <param name="rounds">Rounds.</param>
/// <param name="threads">Threads of every side.</param>
internal sealed class BenchRunner<T>(ManagedBlas<T> blas, IReadOnlyList<Peer<T>> peers, int rounds, int threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double SecondsPerTurn = 0.002;
    private const int Attempts = 8;
    private const int LimitIndex = 0;
    private const int OursIndex = 1;
    private const int FirstPeerIndex = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Measures.</summary>
    /// <param name="routine">Name of the routine.</param>
    /// <param name="workload">Its operands.</param>
    public IEnumerable<BenchRow> Measure(string routine, Workload<T> workload)
    {
        using CoreLimit<T> limit = new(workload.Limit, workload.ElementsRead * workload.SetCount);
        Action<int>[] rivals =
        [
            limit.Run,
            repeats => workload.RunOurs(blas, repeats),
            .. peers.Select(peer => (Action<int>)(repeats => workload.RunPeer(peer, repeats))),
        ];
        RoundTimes times = Rounds.Time(new RoundPlan(rounds, SecondsPerTurn, WarmUp.Caches, Attempts, Patience), rivals);
        double bytes = (double)workload.ElementsRead * Unsafe.SizeOf<T>();
        double work = workload.Limit == LimitKind.StreamRead ? bytes : workload.Flops;
        double seconds = times.Of(OursIndex).Median;
        BenchRow ours = new()
        {
            Routine = routine,
            Shape = workload.Shape,
            Caches = workload.SetCount == 1 ? "warm" : "cold",
            Precision = PrecisionName,
            Isa = Isa.Name,
            Threads = threads,
            OursSeconds = seconds,
            Gflops = workload.Flops / seconds / 1e9,
            Gbytes = workload.Limit == LimitKind.StreamRead ? bytes / seconds / 1e9 : null,
            PercentOfLimit = 100 * times.Of(LimitIndex, OursIndex, (l, o) => work / o / (threads * limit.Work / l)).Median,
            OursBytes = BytesPerCall(rivals[OursIndex]),
            GoalPercent = workload.GoalPercent,
            Rounds = rounds,
            Spoiled = times.Spoiled,
        };
        return peers.Count == 0 ? [ours] : peers.Select((peer, i) => Against(ours, peer.Description, times, FirstPeerIndex + i) with
        {
            PeerBytes = BytesPerCall(rivals[FirstPeerIndex + i]),
        });
    }

    private static string PrecisionName => typeof(T) == typeof(float) ? "fp32" : "fp64";

    // After all rounds: what is set up once is there.
    private static double BytesPerCall(Action<int> rival)
    {
        const int Calls = 4;
        long before = GC.GetAllocatedBytesForCurrentThread();
        rival(Calls);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static BenchRow Against(BenchRow ours, PeerDescription peer, RoundTimes times, int index)
    {
        Sample ratio = times.Of(OursIndex, index, (o, p) => p / o);
        (double low, double high) = ratio.MedianInterval();
        return ours with
        {
            Peer = peer.Name,
            PeerVersion = peer.Version,
            PeerCore = peer.Core,
            PeerThreads = peer.Threads,
            PeerSeconds = times.Of(index).Median,
            Ratio = ratio.Median,
            Interval = [low, high],
            Flag = KernelLevels.Flag(peer, ours.Routine, ours.Isa, ours.Threads),
        };
    }
}
