using BenchmarkDotNet.Attributes;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Benchmarks.Suites;

/// <summary>
/// One step of every method: a 60 x 60 matrix of rank 3, factors of width 6 (3 where the rank must be known), 900
/// Gaussian measurements. What the same step costs elsewhere: <see cref="StepReferenceBenchmarks"/>.
/// </summary>
public class StepBenchmarks
{
    private const int N = 60;
    private const int TrueRank = 3;
    private const int MeasurementCount = 900;

    private DenseOperator<double> _operator = null!;
    private IIterativeMethod<double> _method = null!;

    public static IEnumerable<string> Algorithms => MethodCatalog<double>.All.Where(m => !m.NeedsEntries).Select(m => m.Name);

    [ParamsSource(nameof(Algorithms))]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        MethodDescription<double> description = MethodCatalog<double>.All.Single(m => m.Name == Algorithm);
        _operator = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), N, N, MeasurementCount, seed: 1);
        using AlignedBuffer<double> factor = TestData.Random<double>(N * TrueRank, 2);
        double[] y = new double[MeasurementCount];
        MatrixSpan<double> truth = factor.Matrix(N, TrueRank);
        _operator.Forward(new FactorPair<double>(truth, truth), y, new double[_operator.ScratchLength(TrueRank)]);
        int width = description.Rank == RankKnowledge.Exact ? TrueRank : 2 * TrueRank;
        _method = description.Create(
            new SensingProblem<double>(_operator, y, description.Structure), new MethodOptions { Width = width });
        _method.Initialize();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _method.Dispose();
        _operator.Dispose();
    }

    [Benchmark]
    public SolveStatus Step() => _method.Step();
}
