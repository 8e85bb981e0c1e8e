using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>C &#8592; A B, N x N: ours, MathNet.Numerics (managed provider), and three loops.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(2.0, "GFLOP/s")]
public class GemmBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ManagedBlas<T> _managed = new();
    private readonly NaiveBlas<T> _naive = new();
    private AlignedBuffer<T> _a = null!;
    private AlignedBuffer<T> _b = null!;
    private AlignedBuffer<T> _c = null!;
    private Matrix<T> _mathNetA = null!;
    private Matrix<T> _mathNetB = null!;
    private Matrix<T> _mathNetC = null!;

    [Params(8, 32, 100, 256, 512)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _a = TestData.Random<T>(N * N, 1);
        _b = TestData.Random<T>(N * N, 2);
        _c = new AlignedBuffer<T>(N * N);
        _mathNetA = Matrix<T>.Build.Dense(N, N, _a.Span.ToArray());
        _mathNetB = Matrix<T>.Build.Dense(N, N, _b.Span.ToArray());
        _mathNetC = Matrix<T>.Build.Dense(N, N);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Managed() => _managed.Gemm(T.One, _a.Matrix(N, N), _b.Matrix(N, N), T.Zero, _c.Matrix(N, N));

    [Benchmark]
    public void MathNet() => _mathNetA.Multiply(_mathNetB, _mathNetC);

    [Benchmark]
    public void Naive() => _naive.Gemm(T.One, _a.Matrix(N, N), _b.Matrix(N, N), T.Zero, _c.Matrix(N, N));
}
