using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;

namespace FastSensing.Benchmarks.Suites;

/// <summary>X (L L^T) = B in place, L 10 x 10, B N x 10: the solve of ScaledGD.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(200.0, 1, "GFLOP/s")]
public class TrsmBenchmarks<T> : RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rank = 10;

    [Params(200, 1000)]
    public int N { get; set; }

    private protected override (string Routine, WorkloadSize Size) Describe() => ("trsm", new WorkloadSize(BenchShape.Nrn, N, Rank));
}
