using FastSensing.Decompositions;
using FastSensing.Diagnostics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>What Xiong, Ding, Du state about unbalanced factors: rates from the imbalance, the one step that re-balances.</summary>
public sealed class PaperChecksImbalance(ITestOutputHelper output)
{
    private const double Step = 0.2;

    /// <summary>
    /// Asymmetric, more columns than the rank: log ||X - M||_F^2 falls by 2 eta lambda_min(N^T D N) a step, with
    /// D = L^T L - R^T R and N the null space of the signal rows of R; so by alpha^2 times a constant. A = Id.
    /// </summary>
    [Fact]
    public void C3_AsymmetricOverParameterised_PaceIsThatOfTheImbalance()
    {
        (double[] ratios, double[] scaled) = Paces(Square50, [0.7, 0.5, 0.3], 5, 1e-20);
        Report("C3, A = Id", ratios, scaled);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.9, 1.1));
        Assert.All(scaled, value => Assert.InRange(value / scaled.Average(), 0.9, 1.1));
    }

    /// <summary>
    /// The same under sensing: with the 1500 measurements of the set-up, and compressed. On the d dimensions in which
    /// factors of width k can move, the smallest eigenvalue of A* A is about (1 - sqrt(d / m))^2, and the pace is that much
    /// smaller at the most; how much it is has been measured here.
    /// </summary>
    [Theory]
    [InlineData(1500, 0.715)]
    [InlineData(345, 0.26)]
    public void C3_UnderSensing_PaceIsThatOfTheImbalance(int measurements, double measured)
    {
        (double[] ratios, double[] scaled) = Paces(seed => Sensed24(measurements, seed), [0.7, 0.5], 4, 1e-14);
        Facts(measurements);
        Report($"C3, m = {measurements}", ratios, scaled);
        double least = Math.Pow(1 - Math.Sqrt(4.0 * (24 + 24 - 4) / measurements), 2);
        Assert.All(ratios, ratio => Assert.InRange(ratio, least, 1.1));
        Assert.All(ratios, ratio => Assert.InRange(ratio / measured, 0.8, 1.25));
        Assert.All(scaled, value => Assert.InRange(value / scaled.Average(), 0.9, 1.1));
    }

    /// <summary>The one step leaves X as it is, makes all singular values of L beta, and takes the initial scale out of the pace. A = Id.</summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.5)]
    public void C4_OneStepRebalancing_PaceDoesNotDependOnTheInitialScale(double beta)
    {
        double[] totals = Totals(Square50, [0.5, 0.2, 0.05], 5, beta);
        output.WriteLine($"C4, A = Id, beta = {beta}: {string.Join(" / ", totals)} iterations to 1e-24");
        Assert.True(totals.Max() < 1.2 * totals.Min());
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(345)]
    public void C4_UnderSensing_PaceDoesNotDependOnTheInitialScale(int measurements)
    {
        double[] totals = Totals(seed => Sensed24(measurements, seed), [0.5, 0.1], 4, beta: 0.8);
        Facts(measurements);
        output.WriteLine($"C4, m = {measurements}: {string.Join(" / ", totals)} iterations to 1e-24");
        Assert.True(totals.Max() < 1.2 * totals.Min());
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.5)]
    public void C4_OneStepRebalancing_LeavesXAndLevelsTheSingularValues(double beta)
    {
        foreach (ulong seed in PaperRuns.Seeds)
        {
            using RebalancedGradientDescent<double> method = Rebalanced(Square50(seed), 5, 0.2, beta, seed);
            method.Initialize();
            double[] before;
            do
            {
                before = method.Product();
                method.Step();
            }
            while (method.Current.Progress.StepSize == Step);

            double change = Math.Sqrt(method.Product().Zip(before, (x, y) => (x - y) * (x - y)).Sum());
            Assert.True(change < 1e-13, $"X changes by {change:e2}");
            double[] values = SingularValues(method.Current.Left);
            Assert.All(values, value => Assert.InRange(value / beta, 1 - 1e-13, 1 + 1e-13));
            double largest = Math.Max(beta, SingularValues(method.Current.Right)[0]);
            Assert.InRange(method.Current.Progress.StepSize * largest * largest, 0.5 - 1e-12, 0.5 + 1e-12);
        }
    }

    /// <summary>From equal factors the asymmetric descent stays symmetric, and as slow: (k - r) / (2 eta t)^2. A = Id.</summary>
    [Fact]
    public void C5_EqualFactors_StayEqualAndConvergeSublinearly()
    {
        double[] ends = [.. PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = SolverSetUps.Population(
                50, new PlantedOptions { Rank = 3, ConditionNumber = 1 / 0.6, Seed = seed, Structure = MatrixStructure.Symmetric });
            (double[] errors, double difference) = FromEqualFactors(planted, 5, 0.5, 6000, seed);
            Assert.True(difference <= 1e-12, $"the factors differ by {difference:e2}");
            return errors[^1];
        })];
        double law = 2 / Math.Pow(2 * Step * 6000, 2);
        output.WriteLine($"C5, A = Id: {PaperRuns.Median(ends):e3} at t = 6000, law {law:e3}");
        Assert.InRange(PaperRuns.Median(ends) / law, 0.95, 1.05);
    }

    /// <summary>The same with symmetric A_i and few measurements.</summary>
    [Fact]
    public void C5_UnderCompressedSensing_EqualFactorsAreSublinear()
    {
        PaperRuns.AssertCompressed(SymmetricSensed24(1), 2);
        output.WriteLine(PaperRuns.Facts(SymmetricSensed24(1), 2));
        double[] slopes = [.. PaperRuns.Seeds.Select(seed =>
        {
            (double[] errors, double difference) = FromEqualFactors(SymmetricSensed24(seed), 3, 1, 12_000, seed);
            Assert.True(difference <= 1e-10, $"the factors differ by {difference:e2}");
            return PaperRuns.LogLogSlope(errors, 3000, 12_000);
        })];
        output.WriteLine($"C5, symmetric A_i: log-log slope {PaperRuns.Median(slopes):f3}");
        Assert.InRange(PaperRuns.Median(slopes), -2.1, -1.9);
    }

    internal static PlantedProblem<double> Square50(ulong seed) =>
        SolverSetUps.Population(50, new PlantedOptions { Rank = 3, ConditionNumber = 1 / 0.6, Seed = seed });

    internal static PlantedProblem<double> Sensed24(int measurements, ulong seed) =>
        SolverSetUps.Gaussian<double>(24, 24, measurements, new PlantedOptions { Rank = 2, ConditionNumber = 1 / 0.7, Seed = seed });

    internal static FactorizedGradientDescent<double> Unbalanced(SensingProblem<double> problem, int width, double alpha, ulong seed) =>
        new(problem, new MethodOptions
        {
            Width = width,
            StepSize = new AbsoluteStepSize(Step),
            InitialScale = alpha,
            InitialRatio = 1.0 / 3,
            Seed = seed,
        });

    private static SensingProblem<double> AsGeneral(PlantedProblem<double> planted) =>
        new(planted.Problem.Operator, planted.Problem.Measurements, MatrixStructure.General);

    /// <summary>24 x 24, positive semidefinite of rank 2, symmetric A_i, m = 170.</summary>
    private static PlantedProblem<double> SymmetricSensed24(ulong seed)
    {
        DenseOperator<double> gaussian = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), 24, 24, 170, seed + 100);
        double[] a = new double[24 * 24];
        DenseOperator<double> symmetric = DenseOperator<double>.Fill(new ManagedBlas<double>(), 24, 24, 170, (i, destination) =>
        {
            gaussian.CopyMeasurement(i, a);
            for (int e = 0; e < a.Length; e++)
            {
                destination[e] = 0.5 * (a[e] + a[(e % 24 * 24) + (e / 24)]);
            }
        });
        return PlantedProblem<double>.Create(
            symmetric, new PlantedOptions { Rank = 2, ConditionNumber = 1 / 0.7, Seed = seed, Structure = MatrixStructure.Symmetric });
    }

    /// <summary>Medians over the seeds, for each alpha, of the pace over the predicted one and of the pace over alpha^2.</summary>
    private static (double[] Ratios, double[] Scaled) Paces(Func<ulong, PlantedProblem<double>> plant, double[] alphas, int width, double least)
    {
        List<double> ratios = [];
        List<double> scaled = [];
        foreach (double alpha in alphas)
        {
            (double Ratio, double Scaled)[] runs = [.. PaperRuns.Seeds.Select(seed =>
            {
                PlantedProblem<double> planted = plant(seed);
                using FactorizedGradientDescent<double> method = Unbalanced(planted.Problem, width, alpha, seed);
                double slope = PaperRuns.Slope(PaperRuns.SquaredErrors(method, planted, 8000, least), 1e-8, least);
                return (-slope / (2 * Step * SmallestNullImbalance(method, planted)), -slope / (alpha * alpha));
            })];
            ratios.Add(PaperRuns.Median(runs.Select(run => run.Ratio)));
            scaled.Add(PaperRuns.Median(runs.Select(run => run.Scaled)));
        }

        return ([.. ratios], [.. scaled]);
    }

    private void Facts(int measurements)
    {
        output.WriteLine(PaperRuns.Facts(Sensed24(measurements, 1), 2));
        if (measurements < 1500)
        {
            PaperRuns.AssertCompressed(Sensed24(measurements, 1), 2);
        }
    }

    private void Report(string title, double[] ratios, double[] scaled) => output.WriteLine(
        $"{title}: pace / prediction {string.Join(", ", ratios.Select(x => $"{x:f3}"))}; pace / alpha^2 {string.Join(", ", scaled.Select(x => $"{x:f4}"))}");

    /// <summary>lambda_min(N^T (L^T L - R^T R) N), with N an orthonormal basis of the null space of V*^T R.</summary>
    private static double SmallestNullImbalance(FactorizedGradientDescent<double> method, PlantedProblem<double> planted)
    {
        ManagedBlas<double> blas = new();
        int width = method.Current.Left.Columns;
        int rank = planted.TruthFactorRight.Columns;

        // Rows: first the signal rows V*^T R, then unit vectors; what is left of those after orthonormalisation spans the null space.
        double[] rows = new double[(rank + width) * width];
        MatrixSpan<double> all = new(rows, rank + width, width);
        blas.Gemm(1, planted.TruthFactorRight.Transpose(), method.Current.Right, 0, new MatrixSpan<double>(rows, rank, width));
        for (int i = 0; i < width; i++)
        {
            all[rank + i, i] = 1;
        }

        RowOperations.Orthonormalize(all);
        double[] imbalance = new double[width * width];
        MatrixSpan<double> d = new(imbalance, width, width);
        Imbalance.Compute(method.Current.Left, method.Current.Right, d);
        double[] basis = [.. Enumerable.Range(rank, width)
            .Select(i => rows[(i * width)..((i + 1) * width)])
            .Where(row => row.Sum(x => x * x) > 0.5).Take(width - rank).SelectMany(row => row)];
        double[] half = SolverSetUps.Product(basis, width - rank, imbalance, width);
        double[] projected = new double[(width - rank) * (width - rank)];
        MatrixSpan<double> p = new(projected, width - rank, width - rank);
        blas.Gemm(1, half.AsMatrix(width - rank), basis.AsMatrix(width - rank).Transpose(), 0, p);
        double[] values = new double[width - rank];
        JacobiEvd.Decompose(p, values, new MatrixSpan<double>(new double[projected.Length], width - rank, width - rank));
        return values[^1];
    }

    private static RebalancedGradientDescent<double> Rebalanced(PlantedProblem<double> planted, int width, double alpha, double beta, ulong seed) =>
        new(planted.Problem, new MethodOptions
        {
            Width = width,
            StepSize = new AbsoluteStepSize(Step),
            InitialScale = alpha,
            RebalanceTo = beta,
            Seed = seed,
        });

    private static double[] Totals(Func<ulong, PlantedProblem<double>> plant, double[] alphas, int width, double beta) =>
        [.. alphas.Select(alpha => PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
        {
            PlantedProblem<double> planted = plant(seed);
            using RebalancedGradientDescent<double> method = Rebalanced(planted, width, alpha, beta, seed);
            double[] errors = PaperRuns.SquaredErrors(method, planted, 3000, 1e-24);
            Assert.True(errors[^1] < 1e-24, $"{errors[^1]:e2}");
            return (double)(errors.Length - 1);
        })))];

    private static (double[] Errors, double Difference) FromEqualFactors(
        PlantedProblem<double> planted, int width, double alpha, int iterations, ulong seed)
    {
        int n = planted.Truth.Rows;
        double[] start = Array.ConvertAll(SolverSetUps.Normals<double>(n * width, seed + 1000), value => alpha * value / Math.Sqrt(n));
        using FactorizedGradientDescent<double> method = Unbalanced(AsGeneral(planted), width, alpha, seed);
        method.InitializeAt(start.AsMatrix(n), start.AsMatrix(n));
        double[] errors = PaperRuns.SquaredErrors(method, planted, iterations);
        return (errors, method.Current.Left.Elements().Zip(method.Current.Right.Elements(), (x, y) => Math.Abs(x - y)).Max());
    }

    private static double[] SingularValues(ReadOnlyMatrixSpan<double> factor)
    {
        double[] columns = new double[factor.Rows * factor.Columns];
        factor.Transpose().CopyTo(new MatrixSpan<double>(columns, factor.Columns, factor.Rows));
        double[] values = new double[factor.Columns];
        JacobiSvd.Decompose(
            new MatrixSpan<double>(columns, factor.Columns, factor.Rows), values,
            new MatrixSpan<double>(new double[values.Length * values.Length], values.Length, values.Length));
        return values;
    }
}
