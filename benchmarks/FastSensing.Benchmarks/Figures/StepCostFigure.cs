using System.Diagnostics;
using System.Globalization;
using System.Text;
using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Benchmarks.Figures;

/// <summary>
/// What a step of each method costs beside its operator calls, and what a step of ScaledGD costs beside its parts where the
/// operator is cheap: benchmarks/results/step-costs.md.
/// </summary>
internal static class StepCostFigure
{
    private const string Page = "benchmarks/results/step-costs.md";
    private const int Size = 200;
    private const int Rank = 10;
    private const int Steps = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const double MostOverOperator = 1.15;
    private const int CheapSize = 1000;
    private const int CheapRank = 20;
    private const double MostOverParts = 1.25;

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        StringBuilder page = new($"""
            # What a step costs beside its operator calls

            {Host.Description}

            Commit {Host.Commit}; {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; one thread, fp64; command: `./build.sh bench step-costs`.

            Dense operators, n = {Size}, rank {Rank}, m = 5 n r = {5 * Size * Rank}; symmetric problems with triangles. The width is the rank. Calls are those of
            one step, measured by an operator that counts and times them: gradient (loss and gradient in one pass), forward, adjoint.
            Each figure is the median of {Steps} steps behind the first, of fewer where steps are long; *over operator* is the time of a step over that of its calls, at
            most {MostOverOperator} asked for. The reference of minimum nuclear norm is for small problems and ScaledSGD for entries: they are not here.

            | method | gradient | forward | adjoint | ms a step | over operator | asked for |
            |---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (MatrixStructure structure in (MatrixStructure[])[MatrixStructure.General, MatrixStructure.Symmetric])
        {
            AppendMethods(page, structure);
        }

        AppendCheap(page);
        File.WriteAllText(Page, page.ToString());
        Console.WriteLine(Page);
    }

    private static void AppendMethods(StringBuilder page, MatrixStructure structure)
    {
        const int Count = 5 * Size * Rank;
        IBlas<double> blas = new ManagedBlas<double>();
        IMeasurementOperator<double> dense = structure == MatrixStructure.Symmetric
            ? SymmetricDenseOperator<double>.Gaussian(blas, Size, Count, seed: 1)
            : DenseOperator<double>.Gaussian(blas, Size, Size, Count, seed: 1);
        PlantedOptions planted = new() { Rank = Rank, ConditionNumber = 2, Seed = 2, Structure = structure };
        CountingOperator<double> op = CountingOperator<double>.Around(dense);
        SensingProblem<double> problem = new(op, PlantedProblem<double>.Create(dense, planted).Problem.Measurements, structure, Rank);
        foreach (MethodDescription<double> description in MethodCatalog<double>.All.Where(method => method.Structure == structure && IsForLargeProblems(method)))
        {
            Console.Error.WriteLine(description.Name);
            using IIterativeMethod<double> method = description.Create(problem, null);
            method.Initialize();
            method.Step();
            List<double> seconds = [];
            List<double> shares = [];
            long calls = 0;
            for (long begin = Stopwatch.GetTimestamp(); seconds.Count < Steps && (seconds.Count == 0 || Stopwatch.GetElapsedTime(begin) < Patience);)
            {
                op.Reset();
                long start = Stopwatch.GetTimestamp();
                method.Step();
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                shares.Add(seconds[^1] / op.Seconds);
                calls = op.Calls;
            }

            double share = new Sample(shares).Median;
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {description.Name} | {op.Gradients} | {op.Forwards} | {op.Adjoints} | {1e3 * new Sample(seconds).Median:0.0} | {share:0.00} | {(calls == 0 ? "no calls" : share <= MostOverOperator ? "reached" : "MISSED")} |\n");
        }

        (dense as IDisposable)!.Dispose();
    }

    /// <summary>The ADMM reference holds A twice, and the Gram matrix of its measurements; methods for entries have no use for a dense A.</summary>
    private static bool IsForLargeProblems(MethodDescription<double> method) => !method.NeedsEntries && !method.Name.EndsWith("minimum-nuclear-norm", StringComparison.Ordinal);

    /// <summary>ScaledGD on all entries of a matrix: the products of the step, measured alone in the same rounds.</summary>
    private static void AppendCheap(StringBuilder page)
    {
        IBlas<double> blas = new ManagedBlas<double>();
        IdentityOperator<double> op = new(blas, CheapSize, CheapSize);
        PlantedProblem<double> planted = PlantedProblem<double>.Create(op, new PlantedOptions { Rank = CheapRank, ConditionNumber = 2, Seed = 1 });
        using ScaledGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = CheapRank, StepSize = 0.01 });
        method.Initialize();
        using StepParts parts = new(blas, CheapSize, CheapRank, planted.Problem.Measurements.Span);
        double[][] seconds = Rounds.Time(31, 0.01, () => method.Step(), parts.Run);
        Sample ratio = new(seconds[0].Zip(seconds[1], (step, sum) => step / sum));
        (double low, double high) = ratio.MedianInterval();
        page.Append(string.Create(CultureInfo.InvariantCulture, $"""

            ## Where the operator is cheap

            ScaledGD with all entries of a {CheapSize} x {CheapSize} matrix measured, rank {CheapRank}: a step {1e3 * new Sample(seconds[0]).Median:0.00} ms; the product L R^T, both gradient
            products in one sweep, two Syrk, two Potrf, four Trsm and a read of the target, called one after the other in the same rounds:
            {1e3 * new Sample(seconds[1]).Median:0.00} ms. The step takes {ratio.Median:0.00} ({low:0.00} .. {high:0.00}) times that, at most {MostOverParts} asked for: {(low <= MostOverParts ? "reached" : "MISSED")}.

            """).ReplaceLineEndings("\n"));
    }

    /// <summary>The dense routines of one step of ScaledGD on matrices of its shapes.</summary>
    private sealed class StepParts : IDisposable
    {
        private readonly IBlas<double> _blas;
        private readonly int _size;
        private readonly int _rank;
        private readonly AlignedBuffer<double> _square;
        private readonly AlignedBuffer<double> _target;
        private readonly AlignedBuffer<double> _thin;
        private readonly AlignedBuffer<double> _grams;
        private double _sum;

        public StepParts(IBlas<double> blas, int size, int rank, ReadOnlySpan<double> target)
        {
            (_blas, _size, _rank) = (blas, size, rank);
            _square = new AlignedBuffer<double>(size * size);
            _target = new AlignedBuffer<double>(size * size);
            _thin = new AlignedBuffer<double>(4 * size * rank);
            _grams = new AlignedBuffer<double>(rank * rank);
            target.CopyTo(_target.Span);
            for (int i = 0; i < _thin.Span.Length; i++)
            {
                _thin.Span[i] = Math.Sin(i);
            }
        }

        public void Run()
        {
            MatrixSpan<double> square = _square.Matrix(_size, _size);
            MatrixSpan<double> left = Thin(0);
            MatrixSpan<double> right = Thin(1);
            _blas.Gemm(1, left, right.Transpose(), 0, square);
            _sum += Level1.Dot<double>(_target.Span, _target.Span);
            _blas.GemmBothSides(1, square, right, left, 0, Thin(2), Thin(3));
            for (int i = 0; i < 2; i++)
            {
                MatrixSpan<double> gram = _grams.Matrix(_rank, _rank);
                _blas.Syrk(1, Thin(i).Transpose(), 0, gram);
                _blas.Potrf(gram);
                _blas.Potrs(gram, Thin(3 - i).Transpose());
            }
        }

        public void Dispose()
        {
            _square.Dispose();
            _target.Dispose();
            _thin.Dispose();
            _grams.Dispose();
        }

        private MatrixSpan<double> Thin(int i) => new(_thin.Slice(i * _size * _rank, _size * _rank), _size, _rank);
    }
}
