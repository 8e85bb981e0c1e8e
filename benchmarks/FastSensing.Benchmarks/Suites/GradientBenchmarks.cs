using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>
/// Loss and gradient of a dense operator for N x N matrices from 30 N measurements: fused, in two passes, with
/// MathNet.Numerics and with plain loops (the last two: the two products with A only). The rate counts A once.
/// </summary>
[Work(8.0 * MeasurementsPerRow, 3, "GB/s")]
public class GradientBenchmarks
{
    private const int MeasurementsPerRow = 30;

    private readonly NaiveBlas<double> _naive = new();
    private AlignedBuffer<double> _a = null!;
    private AlignedBuffer<double> _x = null!;
    private AlignedBuffer<double> _y = null!;
    private AlignedBuffer<double> _forward = null!;
    private AlignedBuffer<double> _image = null!;
    private DenseOperator<double> _operator = null!;
    private FactorWork<double> _work = null!;
    private Matrix<double> _mathNetA = null!;
    private Vector<double> _mathNetX = null!;

    [Params(32, 64, 100)]
    public int N { get; set; }

    private int MeasurementCount => MeasurementsPerRow * N;

    [GlobalSetup]
    public void Setup()
    {
        _a = TestData.Random<double>(MeasurementCount * N * N, 1);
        _x = TestData.Random<double>(N * N, 2);
        _y = TestData.Random<double>(MeasurementCount, 3);
        _forward = new AlignedBuffer<double>(MeasurementCount);
        _image = new AlignedBuffer<double>(N * N);
        _operator = DenseOperator<double>.FromRows(new ManagedBlas<double>(), N, N, MeasurementCount, _a.Span);
        _work = new FactorWork<double>(_operator, width: 5);
        _mathNetA = Matrix<double>.Build.DenseOfRowMajor(MeasurementCount, N * N, _a.Span.ToArray());
        _mathNetX = Vector<double>.Build.DenseOfArray(_x.Span.ToArray());
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _work.Dispose();
        _operator.Dispose();
        _a.Dispose();
        _x.Dispose();
        _y.Dispose();
        _forward.Dispose();
        _image.Dispose();
    }

    [Benchmark(Baseline = true)]
    public double Fused() => _work.LossAndGradient(_y.Span);

    [Benchmark]
    public double TwoPasses() => _work.LossAndGradient(OperatorDefaults.LossAndGradient, _y.Span);

    [Benchmark]
    public object MathNet() => _mathNetA.TransposeThisAndMultiply(_mathNetA.Multiply(_mathNetX));

    [Benchmark]
    public void Naive()
    {
        ReadOnlyMatrixSpan<double> a = _a.Matrix(MeasurementCount, N * N);
        _naive.Gemv(1.0, a, _x.Span, 0.0, _forward.Span);
        _naive.Gemv(1.0, a.Transpose(), _forward.Span, 0.0, _image.Span);
    }
}
