using System.Numerics;
using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels.Memory;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>C &#8592; A B, N x N.</summary>
/// <typeparam name="T">Element type.</typeparam>
[GenericTypeArguments(typeof(double))]
[GenericTypeArguments(typeof(float))]
[Work(2.0, 3, "GFLOP/s")]
public class GemmBenchmarks<T> : RoutineBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Params(8, 32, 100, 200, 256, 512)]
    public int N { get; set; }

    private protected override bool HasMathNet => true;

    private protected override (string Routine, WorkloadSize Size) Describe() => ("gemm", new WorkloadSize(BenchShape.Square, N, 0));

    private protected override Action<int> MathNet()
    {
        Matrix<T> a = Matrix(1);
        Matrix<T> b = Matrix(2);
        Matrix<T> c = Matrix<T>.Build.Dense(N, N);
        return repeats =>
        {
            for (int i = 0; i < repeats; i++)
            {
                a.Multiply(b, c);
            }
        };
    }

    private Matrix<T> Matrix(ulong seed)
    {
        using AlignedBuffer<T> numbers = TestData.Random<T>(N * N, seed);
        return Matrix<T>.Build.Dense(N, N, numbers.Span.ToArray());
    }
}
