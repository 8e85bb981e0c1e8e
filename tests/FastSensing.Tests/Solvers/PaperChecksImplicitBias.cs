using FastSensing.Diagnostics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// What full-dimensional factors find where the measurements do not tell: n = 20, 210 unknowns, ||X*||_F = 1, Gaussian
/// measurements; nuclear norms over the least one. Medians over ten seeds.
/// </summary>
public sealed class PaperChecksImplicitBias
{
    private const int Size = 20;
    private const int Seeds = 10;

    private static readonly AbsoluteStepSize s_fixed = new(0.25);
    private static readonly ExactLineSearch s_search = new();

    /// <summary>120 measurements, 39 degrees of freedom, 57 % of the unknowns: the minimum-norm solution is off by a fifth and more.</summary>
    [Fact]
    public void C16_SmallStartAtFullWidth_FindsTheLeastNuclearNorm()
    {
        Outcome[] outcomes = Run(120, k => k < 2 ? 1 : 0);
        string seen = Outcome.Describe(outcomes);
        Assert.True(Median(outcomes, o => o.LeastNormError) <= 1e-6, seen);
        Assert.True(Median(outcomes, o => o.SmallStart) <= 1.001, seen);
        Assert.True(Median(outcomes, o => o.SmallStartError) <= 1e-3, seen);
        Assert.True(Median(outcomes, o => o.SmallSearch) <= 1.001, seen);
        Assert.True(Median(outcomes, o => o.UnitStart) >= 1.05, seen);
        Assert.True(Median(outcomes, o => o.UnitSearch) >= 1.05, seen);
        Assert.True(Median(outcomes, o => o.UnitStart) < Median(outcomes, o => o.SpectralStart), seen);
        Assert.True(Median(outcomes, o => o.ProjectedGradient) >= 1.2, seen);
        Assert.True(Median(outcomes, o => o.ProjectedError) >= 0.2, seen);
        Assert.InRange(Median(outcomes, o => o.SpectralStart) / Median(outcomes, o => o.ProjectedGradient), 0.98, 1.01);
    }

    /// <summary>
    /// Section 5.4, factors of five columns from the leading eigenvectors of the projected-gradient solution, which stand
    /// first in its factor: another optimum of rank five, nearer to the least norm than one of full width, yet not it.
    /// </summary>
    [Fact]
    public void C16_SpectralStartOfFiveColumns_IsAnotherOptimum()
    {
        double[] ratios = [.. Enumerable.Range(0, Seeds).Select(seed => FiveColumns((ulong)seed, s_fixed, norm: null)).Order()];
        Assert.InRange(ratios[Seeds / 2], 1.005, 1.2);
    }

    /// <summary>Section 5.4, factors of five columns from random starts: the small one finds the least norm, the unit one stays a little above it.</summary>
    [Fact]
    public void C16_FiveColumns_FindTheLeastNuclearNormFromASmallStart()
    {
        double Median(double norm, StepSizeRule rule) =>
            PaperRuns.Median(Enumerable.Range(0, Seeds).Select(seed => FiveColumns((ulong)seed, rule, norm)));
        Assert.InRange(Median(1e-4, s_fixed), 1 - 1e-6, 1.001);
        Assert.InRange(Median(1e-4, s_search), 1 - 1e-6, 1.001);
        Assert.InRange(Median(1, s_fixed), 1.003, 1.03);
        Assert.InRange(Median(1, s_search), 1.001, 1.01);
    }

    /// <summary>The nuclear norm over the least one, from a random start of a norm, or from the projected-gradient solution.</summary>
    private static double FiveColumns(ulong seed, StepSizeRule rule, double? norm)
    {
        const int Width = 5;
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), Size, Size, 120, seed + 500);
        double[] truth = Truth(k => k < 2 ? 1 : 0, seed);
        SensingProblem<double> problem = new(op, op.Measure(truth.AsMatrix(Size)), MatrixStructure.Symmetric);
        double[] start = norm is double length ? Scaled(SolverSetUps.Normals<double>(Size * Width, seed + 900), length) : Leading(problem, Width);
        double[] result = Descend(problem, start, rule);
        double misfit = Misfit(problem, result);
        Assert.True(misfit <= 1e-2, $"seed {seed}: {misfit:e1}");

        // X* is the solution of least nuclear norm here: two eigenvalues, sqrt(1/2) each.
        return NuclearNormOf(result) / Math.Sqrt(2);
    }

    /// <summary>The first columns of the factor of the projected-gradient solution.</summary>
    private static double[] Leading(SensingProblem<double> problem, int width)
    {
        using ProjectedGradientDescent<double> projected = new(problem);
        Solver.Run(projected, new StopAfterIterations(3000) | new StopWhenResidualBelow(1e-6));
        return projected.Current.Left.Slice(0, 0, Size, width).Elements();
    }

    /// <summary>Section 5.4, spectrum 1 / k^1.5: nobody recovers X, but the order of the nuclear norms is the same.</summary>
    [Fact]
    public void C16_DecayingSpectrum_KeepsTheOrder()
    {
        Outcome[] outcomes = Run(120, k => Math.Pow(k + 1, -1.5));
        string seen = Outcome.Describe(outcomes);
        Assert.InRange(Median(outcomes, o => o.SmallStart), 1, 1.06);
        Assert.InRange(Median(outcomes, o => o.SmallSearch), Median(outcomes, o => o.SmallStart), 1.08);
        Assert.True(Median(outcomes, o => o.SmallStart) < Median(outcomes, o => o.UnitStart), seen);
        Assert.True(Median(outcomes, o => o.SmallSearch) < Median(outcomes, o => o.UnitSearch), seen);
        Assert.True(Median(outcomes, o => o.UnitStart) < Median(outcomes, o => o.SpectralStart), seen);
        Assert.True(Median(outcomes, o => o.ProjectedGradient) >= 1.1, seen);
    }

    /// <summary>Ten measurements for 39 degrees of freedom: a small start comes near the least norm, a unit start far above all.</summary>
    [Fact]
    public void C16_TooFewMeasurements_TheSmallStartIsStillNearTheLeastNorm()
    {
        Outcome[] outcomes = Run(10, k => k < 2 ? 1 : 0);
        string seen = Outcome.Describe(outcomes);
        Assert.True(Median(outcomes, o => o.LeastNormError) >= 0.5, seen);
        Assert.True(Median(outcomes, o => o.SmallStart) <= 1.1, seen);
        Assert.True(Median(outcomes, o => o.SmallSearch) <= 1.1, seen);
        Assert.True(Median(outcomes, o => o.SmallStart) < Median(outcomes, o => o.ProjectedGradient), seen);
        Assert.True(Median(outcomes, o => o.ProjectedGradient) < Median(outcomes, o => o.UnitSearch), seen);
        Assert.True(Median(outcomes, o => o.UnitSearch) < Median(outcomes, o => o.UnitStart), seen);
        Assert.True(Median(outcomes, o => o.UnitSearch) >= 1.7, seen);
    }

    private static double Median(Outcome[] outcomes, Func<Outcome, double> number) => outcomes.Select(number).Order().ElementAt(Seeds / 2);

    private static Outcome[] Run(int measurements, Func<int, double> spectrum) =>
        [.. Enumerable.Range(0, Seeds).Select(seed => Run(measurements, spectrum, (ulong)seed))];

    private static Outcome Run(int measurements, Func<int, double> spectrum, ulong seed)
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), Size, Size, measurements, seed + 500);
        double[] truth = Truth(spectrum, seed);
        SensingProblem<double> problem = new(op, op.Measure(truth.AsMatrix(Size)), MatrixStructure.Symmetric);
        using MinimumNuclearNorm<double> least = new(problem, MatrixStructure.Symmetric);
        Solver.Run(least, new StopAfterIterations(1500) | new StopWhenResidualBelow(1e-10));
        Assert.True(least.Current.Progress.RelativeResidual <= 1e-8, $"ADMM ends at {least.Current.Progress.RelativeResidual:e1}");
        using ProjectedGradientDescent<double> projected = new(problem);
        Solver.Run(projected, new StopAfterIterations(3000) | new StopWhenResidualBelow(1e-6));
        double[] direction = SolverSetUps.Normals<double>(Size * Size, seed + 900);
        double[] small = Descend(problem, Scaled(direction, 1e-4), s_fixed);
        double[] unit = Descend(problem, Scaled(direction, 1), s_fixed);
        double[] spectral = Descend(problem, projected.Current.Left.Elements(), s_fixed);
        double norm = NuclearNorm.Of(least.Current.Left, least.Current.Left);
        return new Outcome
        {
            LeastNormError = Error(least.Current.Left, truth),
            SmallStart = NuclearNormOf(small) / norm,
            SmallStartError = Error(small.AsMatrix(Size), truth),
            SmallResidual = Misfit(problem, small),
            SmallSearch = NuclearNormOf(Descend(problem, Scaled(direction, 1e-4), s_search)) / norm,
            UnitStart = NuclearNormOf(unit) / norm,
            UnitSearch = NuclearNormOf(Descend(problem, Scaled(direction, 1), s_search)) / norm,
            SpectralStart = NuclearNormOf(spectral) / norm,
            ProjectedGradient = NuclearNorm.Of(projected.Current.Left, projected.Current.Left) / norm,
            ProjectedError = Error(projected.Current.Left, truth),
        };
    }

    private static double[] Truth(Func<int, double> spectrum, ulong seed)
    {
        double[] values = [.. Enumerable.Range(0, Size).Select(spectrum)];
        double norm = Math.Sqrt(values.Sum(value => value * value));
        double[] basis = SolverSetUps.Orthogonal(Size, seed + 50);
        double[] factor = [.. basis.Select((entry, i) => entry * Math.Sqrt(values[i % Size] / norm))];
        double[] transposed = new double[factor.Length];
        new ReadOnlyMatrixSpan<double>(factor, Size, Size).Transpose().CopyTo(new MatrixSpan<double>(transposed, Size, Size));
        return SolverSetUps.Product(factor, Size, transposed, Size);
    }

    /// <summary>Gradient descent from the given factor.</summary>
    private static double[] Descend(SensingProblem<double> problem, double[] start, StepSizeRule rule)
    {
        using SymmetricGradientDescent<double> method = new(problem, new MethodOptions { Width = start.Length / Size, StepSize = rule });
        method.InitializeAt(start.AsMatrix(Size), start.AsMatrix(Size));
        Solver.Run(method, new StopAfterIterations(5000) | new StopWhenResidualBelow(1e-6));
        return method.Current.Left.Elements();
    }

    private static double[] Scaled(double[] direction, double norm)
    {
        double length = Math.Sqrt(direction.Sum(value => value * value));
        return [.. direction.Select(value => value * norm / length)];
    }

    private static double NuclearNormOf(double[] factor) => NuclearNorm.Of(factor.AsMatrix(Size), factor.AsMatrix(Size));

    private static double Error(ReadOnlyMatrixSpan<double> factor, double[] truth) => RecoveryError.Of(factor, factor, truth.AsMatrix(Size));

    private static double Misfit(SensingProblem<double> problem, double[] factor)
    {
        double[] y = new double[problem.Operator.MeasurementCount];
        problem.Operator.Forward(
            new FactorPair<double>(factor.AsMatrix(Size), factor.AsMatrix(Size)), y, new double[problem.Operator.ScratchLength(factor.Length / Size)]);
        double[] wanted = problem.Measurements.ToArray();
        return Math.Sqrt(y.Zip(wanted, (a, b) => (a - b) * (a - b)).Sum() / wanted.Sum(b => b * b));
    }

    private sealed record Outcome
    {
        public double LeastNormError { get; init; }

        public double SmallStart { get; init; }

        public double SmallStartError { get; init; }

        public double SmallResidual { get; init; }

        /// <summary>As the small start, with the exact line search; the start of norm 1 likewise below.</summary>
        public double SmallSearch { get; init; }

        public double UnitStart { get; init; }

        public double UnitSearch { get; init; }

        public double SpectralStart { get; init; }

        public double ProjectedGradient { get; init; }

        public double ProjectedError { get; init; }

        public static string Describe(Outcome[] outcomes) => string.Join(
            ", ",
            new (string Name, Func<Outcome, double> Number)[]
            {
                ("least-norm error", o => o.LeastNormError), ("small", o => o.SmallStart), ("small error", o => o.SmallStartError), ("small residual", o => o.SmallResidual), ("small, search", o => o.SmallSearch),
                ("unit", o => o.UnitStart), ("unit, search", o => o.UnitSearch),
                ("SVD", o => o.SpectralStart), ("X_gd", o => o.ProjectedGradient), ("X_gd error", o => o.ProjectedError),
            }.Select(pair => $"{pair.Name} {Median(outcomes, pair.Number):g4}"));
    }
}
