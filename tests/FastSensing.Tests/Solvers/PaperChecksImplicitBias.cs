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
    private const double Step = 0.25;

    /// <summary>120 measurements, 39 degrees of freedom, 57 % of the unknowns: the minimum-norm solution is off by a fifth and more.</summary>
    [Fact]
    public void C16_SmallStartAtFullWidth_FindsTheLeastNuclearNorm()
    {
        Outcome[] outcomes = Run(120, k => k < 2 ? 1 : 0);
        string seen = Outcome.Describe(outcomes);
        Assert.True(Median(outcomes, o => o.LeastNormError) <= 1e-6, seen);
        Assert.True(Median(outcomes, o => o.SmallStart) <= 1.001, seen);
        Assert.True(Median(outcomes, o => o.SmallStartError) <= 1e-3, seen);
        Assert.True(Median(outcomes, o => o.UnitStart) >= 1.05, seen);
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
        double[] ratios = [.. Enumerable.Range(0, Seeds).Select(seed => FiveColumns((ulong)seed)).Order()];
        Assert.InRange(ratios[Seeds / 2], 1.005, 1.2);
    }

    private static double FiveColumns(ulong seed)
    {
        using DenseOperator<double> op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), Size, Size, 120, seed + 500);
        double[] truth = Truth(k => k < 2 ? 1 : 0, seed);
        SensingProblem<double> problem = new(op, op.Measure(truth.AsMatrix(Size)), MatrixStructure.Symmetric);
        using ProjectedGradientDescent<double> projected = new(problem);
        Solver.Run(projected, new StopAfterIterations(3000) | new StopWhenResidualBelow(1e-6));
        using SymmetricGradientDescent<double> method = new(problem, new MethodOptions { Width = 5, StepSize = new AbsoluteStepSize(Step) });
        ReadOnlyMatrixSpan<double> start = projected.Current.Left.Slice(0, 0, Size, 5);
        method.InitializeAt(start, start);
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(5000) | new StopWhenResidualBelow(1e-6));
        Assert.True(result.RelativeResidual <= 1e-2, $"seed {seed}: {result.RelativeResidual:e1}");

        // X* is the solution of least nuclear norm here: two eigenvalues, sqrt(1/2) each.
        return NuclearNorm.Of(result.Left, result.Left) / Math.Sqrt(2);
    }

    /// <summary>Section 5.4, spectrum 1 / k^1.5: nobody recovers X, but the order of the nuclear norms is the same.</summary>
    [Fact]
    public void C16_DecayingSpectrum_KeepsTheOrder()
    {
        Outcome[] outcomes = Run(120, k => Math.Pow(k + 1, -1.5));
        string seen = Outcome.Describe(outcomes);
        Assert.InRange(Median(outcomes, o => o.SmallStart), 1, 1.06);
        Assert.True(Median(outcomes, o => o.SmallStart) < Median(outcomes, o => o.UnitStart), seen);
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
        Assert.True(Median(outcomes, o => o.SmallStart) < Median(outcomes, o => o.ProjectedGradient), seen);
        Assert.True(Median(outcomes, o => o.ProjectedGradient) < Median(outcomes, o => o.UnitStart), seen);
        Assert.True(Median(outcomes, o => o.UnitStart) >= 1.7, seen);
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
        double[] small = Descend(problem, Scaled(direction, 1e-4));
        double[] unit = Descend(problem, Scaled(direction, 1));
        double[] spectral = Descend(problem, projected.Current.Left.Elements());
        double norm = NuclearNorm.Of(least.Current.Left, least.Current.Left);
        return new Outcome
        {
            LeastNormError = Error(least.Current.Left, truth),
            SmallStart = NuclearNormOf(small) / norm,
            SmallStartError = Error(small.AsMatrix(Size), truth),
            SmallResidual = Misfit(problem, small),
            UnitStart = NuclearNormOf(unit) / norm,
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

    /// <summary>Gradient descent with a fixed step from the given factor of full width.</summary>
    private static double[] Descend(SensingProblem<double> problem, double[] start)
    {
        using SymmetricGradientDescent<double> method = new(problem, new MethodOptions { Width = Size, StepSize = new AbsoluteStepSize(Step) });
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
            new FactorPair<double>(factor.AsMatrix(Size), factor.AsMatrix(Size)), y, new double[problem.Operator.ScratchLength(Size)]);
        double[] wanted = problem.Measurements.ToArray();
        return Math.Sqrt(y.Zip(wanted, (a, b) => (a - b) * (a - b)).Sum() / wanted.Sum(b => b * b));
    }

    private sealed record Outcome
    {
        public double LeastNormError { get; init; }

        public double SmallStart { get; init; }

        public double SmallStartError { get; init; }

        public double SmallResidual { get; init; }

        public double UnitStart { get; init; }

        public double SpectralStart { get; init; }

        public double ProjectedGradient { get; init; }

        public double ProjectedError { get; init; }

        public static string Describe(Outcome[] outcomes) => string.Join(
            ", ",
            new (string Name, Func<Outcome, double> Number)[]
            {
                ("least-norm error", o => o.LeastNormError), ("small", o => o.SmallStart), ("small error", o => o.SmallStartError), ("small residual", o => o.SmallResidual), ("unit", o => o.UnitStart),
                ("SVD", o => o.SpectralStart), ("X_gd", o => o.ProjectedGradient), ("X_gd error", o => o.ProjectedError),
            }.Select(pair => $"{pair.Name} {Median(outcomes, pair.Number):g4}"));
    }
}
