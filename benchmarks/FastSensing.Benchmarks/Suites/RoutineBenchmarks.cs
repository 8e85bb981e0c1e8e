using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;

namespace FastSensing.Benchmarks.Suites;

/// <summary>
/// A routine on every back end: the calls that `fastsensing bench` makes, ours through <see cref="ManagedBlas{T}"/>, a
/// native library's bare.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract class RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Calls of one invocation, so that small shapes do not measure the framework.</summary>
    protected const int Calls = 16;

    private const string Ours = "managed";
    private const string MathNetName = "mathnet";

    private Workload<T>? _workload;
    private Action<int> _run = _ => { };

    /// <summary>managed, the native libraries that are here, and MathNet.Numerics (managed provider) where it has the routine.</summary>
    public IEnumerable<string> BackEndNames => [Ours, .. BackEnds.With(Describe().Routine), .. HasMathNet ? [MathNetName] : Array.Empty<string>()];

    [ParamsSource(nameof(BackEndNames))]
    public string BackEnd { get; set; } = Ours;

    private protected virtual bool HasMathNet => false;

    /// <summary>Loads the back end and makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        if (BackEnd == MathNetName)
        {
            _run = MathNet();
            return;
        }

        (string routine, WorkloadSize size) = Describe();
        Workload<T> workload = _workload = WorkloadFactory.Of<T>(routine, size).Single()();
        if (BackEnd == Ours)
        {
            ManagedBlas<T> blas = new();
            _run = repeats => workload.RunOurs(blas, repeats);
        }
        else
        {
            Peer<T> peer = BackEnds.Load<T>(BackEnd, routine);
            _run = repeats => workload.RunPeer(peer, repeats);
        }
    }

    /// <summary>Lets go of the operands.</summary>
    [GlobalCleanup]
    public void Cleanup() => _workload?.Dispose();

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Call() => _run(Calls);

    /// <summary>One call of the back end.</summary>
    internal void Once() => _run(1);

    private protected abstract (string Routine, WorkloadSize Size) Describe();

    private protected virtual Action<int> MathNet() => throw new NotSupportedException($"MathNet.Numerics has no {Describe().Routine}.");
}
