using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>A = L L^T, N x N: ours, MathNet.Numerics (managed provider), and three loops. Ours and the loops include the copy of A.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(1.0 / 3.0, "GFLOP/s")]
public class PotrfBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ManagedBlas<T> _managed = new();
    private readonly NaiveBlas<T> _naive = new();
    private AlignedBuffer<T> _a = null!;
    private AlignedBuffer<T> _l = null!;
    private Matrix<T> _mathNet = null!;

    [Params(8, 32, 100, 256, 512)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using AlignedBuffer<T> factor = TestData.Random<T>(N * N, 1);
        _a = new AlignedBuffer<T>(N * N);
        _l = new AlignedBuffer<T>(N * N);
        _naive.Gemm(T.One, factor.Matrix(N, N), factor.Matrix(N, N).Transpose(), T.Zero, _a.Matrix(N, N));
        for (int i = 0; i < N; i++)
        {
            _a.Matrix(N, N)[i, i] += T.CreateTruncating(N);
        }

        _mathNet = Matrix<T>.Build.Dense(N, N, _a.Span.ToArray());
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _a.Dispose();
        _l.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Managed() => Factor(_managed);

    [Benchmark]
    public object MathNet() => _mathNet.Cholesky();

    [Benchmark]
    public int Naive() => Factor(_naive);

    private int Factor(IBlas<T> blas)
    {
        _a.Span.CopyTo(_l.Span);
        return blas.Potrf(_l.Matrix(N, N));
    }
}
