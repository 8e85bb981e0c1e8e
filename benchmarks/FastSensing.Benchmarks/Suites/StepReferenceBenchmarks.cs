using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels.Memory;
using FastSensing.Testing;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Benchmarks.Suites;

/// <summary>
/// One step of factorised gradient descent on the problem of <see cref="StepBenchmarks"/>, as one would write it with
/// MathNet.Numerics (managed provider), and in plain loops.
/// </summary>
public class StepReferenceBenchmarks
{
    private const int N = 60;
    private const int Width = 6;
    private const int MeasurementCount = 900;
    private const double StepSize = 1e-6;

    private readonly NaiveBlas<double> _naive = new();
    private readonly double[] _a = Numbers(MeasurementCount * N * N, 1);
    private readonly double[] _y = Numbers(MeasurementCount, 2);
    private readonly double[] _left = Numbers(N * Width, 3);
    private readonly double[] _right = Numbers(N * Width, 4);
    private readonly double[] _x = new double[N * N];
    private readonly double[] _residual = new double[MeasurementCount];
    private readonly double[] _oldLeft = new double[N * Width];
    private Matrix<double> _mathNetA = null!;
    private Vector<double> _mathNetY = null!;
    private Matrix<double> _mathNetLeft = null!;
    private Matrix<double> _mathNetRight = null!;

    [GlobalSetup]
    public void Setup()
    {
        _mathNetA = Matrix<double>.Build.DenseOfRowMajor(MeasurementCount, N * N, _a);
        _mathNetY = Vector<double>.Build.DenseOfArray(_y);
        _mathNetLeft = Matrix<double>.Build.DenseOfRowMajor(N, Width, _left);
        _mathNetRight = Matrix<double>.Build.DenseOfRowMajor(N, Width, _right);
    }

    [Benchmark]
    public void MathNet()
    {
        Vector<double> x = Vector<double>.Build.DenseOfArray(_mathNetLeft.TransposeAndMultiply(_mathNetRight).ToRowMajorArray());
        Vector<double> residual = (_mathNetA * x) - _mathNetY;
        Matrix<double> gradient = Matrix<double>.Build.DenseOfRowMajor(N, N, _mathNetA.TransposeThisAndMultiply(residual));
        Matrix<double> left = _mathNetLeft - (StepSize * gradient * _mathNetRight);
        _mathNetRight -= StepSize * gradient.TransposeThisAndMultiply(_mathNetLeft);
        _mathNetLeft = left;
    }

    [Benchmark]
    public void Naive()
    {
        ReadOnlyMatrixSpan<double> a = new(_a, MeasurementCount, N * N);
        MatrixSpan<double> left = new(_left, N, Width);
        MatrixSpan<double> right = new(_right, N, Width);
        MatrixSpan<double> oldLeft = new(_oldLeft, N, Width);
        MatrixSpan<double> gradient = new(_x, N, N);
        _naive.Gemm(1.0, left, right.Transpose(), 0.0, gradient);
        _y.CopyTo(_residual, 0);
        _naive.Gemv(1.0, a, _x, -1.0, _residual);
        _naive.Gemv(1.0, a.Transpose(), _residual, 0.0, _x);
        left.CopyTo(oldLeft);
        _naive.Gemm(-StepSize, gradient, right, 1.0, left);
        _naive.Gemm(-StepSize, gradient.Transpose(), oldLeft, 1.0, right);
    }

    private static double[] Numbers(int length, ulong seed)
    {
        using AlignedBuffer<double> numbers = TestData.Random<double>(length, seed);
        return numbers.Span.ToArray();
    }
}
