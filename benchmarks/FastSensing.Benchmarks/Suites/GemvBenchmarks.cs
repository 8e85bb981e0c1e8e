using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;

namespace FastSensing.Benchmarks.Suites;

/// <summary>y &#8592; A x, N x N.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(2.0, 2, "GFLOP/s")]
public class GemvBenchmarks<T> : RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Params(64, 256, 1000)]
    public int N { get; set; }

    private protected override (string Routine, WorkloadSize Size) Describe() => ("gemv", new WorkloadSize(BenchShape.Square, N, 0));
}
