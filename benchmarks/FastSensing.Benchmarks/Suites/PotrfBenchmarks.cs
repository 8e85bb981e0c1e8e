using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>A = L L^T, N x N; every side includes a copy of A, MathNet.Numerics that into its result.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(1.0 / 3.0, 3, "GFLOP/s")]
public class PotrfBenchmarks<T> : RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Params(8, 32, 100, 256, 512)]
    public int N { get; set; }

    private protected override bool HasMathNet => true;

    private protected override (string Routine, WorkloadSize Size) Describe() => ("potrf", new WorkloadSize(BenchShape.Square, N, 0));

    private protected override Action<int> MathNet()
    {
        using AlignedBuffer<T> numbers = TestData.Random<T>(N * N, 1);
        Matrix<T> factor = Matrix<T>.Build.Dense(N, N, numbers.Span.ToArray());
        Matrix<T> a = factor.TransposeAndMultiply(factor) + Matrix<T>.Build.DenseDiagonal(N, N, T.CreateTruncating(N));
        return repeats =>
        {
            for (int i = 0; i < repeats; i++)
            {
                _ = a.Cholesky();
            }
        };
    }
}
