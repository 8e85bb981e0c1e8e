using System.Numerics;
using System.Text.Json;
using FastSensing.Cli.Benchmarking.Gains;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Cli.Benchmarking.Surroundings;
using FastSensing.Cli.Output;
using FastSensing.Kernels;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking;

/// <summary>Measures a request, in this process or, for an instruction set or a core type that it does not have, in one of its own.</summary>
/// <param name="request">What to measure.</param>
/// <param name="source">Where peers come from.</param>
/// <param name="console">For talk.</param>
internal sealed class BenchJob(BenchRequest request, IPeerSource source, ToolConsole console)
{
    /// <summary>Measures all rows, tag after tag.</summary>
    public List<BenchRow> Run(CancellationToken cancellation)
    {
        List<BenchRow> rows = [];
        foreach (string isa in request.Isas.Length == 0 ? [Isa.Name] : request.Isas)
        {
            BenchEnvironment environment = BenchEnvironment.For(isa, request.Peers, request.OpenBlasCore);
            string? reason = environment.ReasonForAnother(Isa.Name, Environment.GetEnvironmentVariable);
            rows.AddRange(reason is null ? RunHere(isa, cancellation) : RunElsewhere(environment, reason, cancellation));
        }

        return rows;
    }

    /// <summary>Measures all rows of one tag in this process.</summary>
    /// <exception cref="ToolException">This process has another tag.</exception>
    public List<BenchRow> RunHere(string isa, CancellationToken cancellation)
    {
        if (isa != Isa.Name)
        {
            throw new ToolException(ExitCode.InputRefused, $"--isa {isa}: this machine gives {Isa.Name} at most.");
        }

        BenchEnvironment environment = BenchEnvironment.For(isa, request.Peers, request.OpenBlasCore);
        foreach (string variable in environment.Complete(Environment.GetEnvironmentVariable))
        {
            console.Say($"Set for the peers: {variable}");
        }

        return request.Precision == Precision.Single ? Measure<float>(cancellation) : Measure<double>(cancellation);
    }

    private List<BenchRow> Measure<T>(CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<BenchRow> rows = [];
        Peer<T>[] peers = LoadPeers<T>();
        using ManagedBlas<T> ours = new(request.Threads);
        using ThreadGainMeter<T>? gains = request.Threads == 1 ? null : new(ours, request.Rounds);
        BenchRunner<T> runner = new(ours, peers, request.Rounds, request.Threads);
        foreach (WorkloadSize size in Routine.SizesOf(request.Shapes, request.Sizes, request.Ranks).SelectMany(WarmAndCold))
        {
            foreach (Func<Workload<T>> make in WorkloadFactory.Of<T>(request.Routine.Name, size))
            {
                cancellation.ThrowIfCancellationRequested();
                using Workload<T> workload = make();
                if (size.Caches == CacheState.Cold && workload.SetCount == 1)
                {
                    continue; // Too large to be cold.
                }

                ThreadGain? gain = size.Caches == CacheState.Cold ? null : gains?.Measure(workload);
                rows.AddRange(runner.Measure(request.Routine.Name, workload).Select(row => row with { ThreadGain = gain }));
            }
        }

        return rows;
    }

    private IEnumerable<WorkloadSize> WarmAndCold(WorkloadSize size) =>
        request.Cold ? [size, size with { Caches = CacheState.Cold }] : [size];

    // MKL makes its names global for what is loaded later: a BLIS that comes after it calls MKL's routines.
    private Peer<T>[] LoadPeers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Dictionary<string, Peer<T>> loaded = request.Peers
            .OrderBy(name => name == "mkl")
            .ToDictionary(name => name, Load<T>);
        return [.. request.Peers.Select(name => loaded[name])];
    }

    private Peer<T> Load<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Peer<T> peer = source.Load<T>(name, request.Routine.Name, request.Threads);
        return request.Wrapped ? peer with { Bare = null } : peer;
    }

    private BenchRow[] RunElsewhere(BenchEnvironment environment, string reason, CancellationToken cancellation)
    {
        console.Say($"In a process of its own: {reason}");
        (int code, string output, string talk) = ChildProgram.Run(
            typeof(BenchJob).Assembly, request.ToArguments(environment.Isa), environment.ForProcess, cancellation);
        if (code != 0)
        {
            string message = talk.Split('\n')[^1];
            string prefix = "fastsensing: ";
            throw new ToolException(
                Enum.IsDefined((ExitCode)code) ? (ExitCode)code : ExitCode.Failure,
                message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : $"the process for {reason} ended with code {code}: {message}");
        }

        try
        {
            return BenchJson.Read(output);
        }
        catch (JsonException garbled)
        {
            throw new ToolException(ExitCode.Failure, $"the process for {reason} wrote something else than rows.", garbled);
        }
    }
}
