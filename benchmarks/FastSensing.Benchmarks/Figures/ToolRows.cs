using FastSensing.Cli;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Cli.Benchmarking.Surroundings;

namespace FastSensing.Benchmarks.Figures;

/// <summary>Rows of `fastsensing bench`, measured in a process of the tool: with its runtime settings, and with the switches of an instruction set.</summary>
internal static class ToolRows
{
    /// <summary>Measures.</summary>
    /// <param name="request">What; its first tag is measured, or the widest there is.</param>
    public static BenchRow[] Measure(BenchRequest request)
    {
        string isa = request.Isas[0];
        BenchEnvironment environment = BenchEnvironment.For(isa, request.Peers, request.OpenBlasCore);
        (int code, string output, string talk) = ChildProgram.Run(
            typeof(BenchJob).Assembly, request.ToArguments(isa), environment.ForProcess, CancellationToken.None);
        return code == 0
            ? BenchJson.Read(output)
            : throw new InvalidOperationException($"bench {request.Routine.Name}: exit code {code}: {talk}");
    }

    /// <summary>A request with what most figures share.</summary>
    /// <param name="routine">Name of the routine.</param>
    /// <param name="precision">Element type.</param>
    /// <param name="isa">Tag.</param>
    /// <param name="peers">Peers.</param>
    public static BenchRequest Request(string routine, Precision precision, string isa, params string[] peers)
    {
        Routine found = Routine.All.Single(r => r.Name == routine);
        return new BenchRequest
        {
            Routine = found,
            Sizes = found.Sizes,
            Ranks = found.Ranks,
            Shapes = [found.Shapes[0]],
            Precision = precision,
            Isas = [isa],
            Peers = peers,
            Threads = 1,
            Rounds = 31,
        };
    }
}
