using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;

namespace FastSensing.Benchmarks.Suites;

/// <summary>C &#8592; R^T R in one triangle, R N x 10: the Gram matrix of a factor.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(100.0, 1, "GFLOP/s")]
public class SyrkBenchmarks<T> : RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rank = 10;

    [Params(200, 1000)]
    public int N { get; set; }

    private protected override (string Routine, WorkloadSize Size) Describe() => ("syrk", new WorkloadSize(BenchShape.Gram, N, Rank));
}
