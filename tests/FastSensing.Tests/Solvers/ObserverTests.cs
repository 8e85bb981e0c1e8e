using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>What the observers compute, against closed forms and against what the methods do.</summary>
public sealed class ObserverTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(1099511627776.0)]
    public void Imbalance_OfGradientDescent_IsWhatItsIdentitySays(double unit)
    {
        SensingProblem<double> problem = InUnits(Rectangular<double>(), unit);
        using FactorizedGradientDescent<double> method = new(
            problem, new MethodOptions { Width = 6, StepSize = new AbsoluteStepSize(0.2 / unit), InitialScale = 0.1 });
        using ImbalanceObserver<double> observer = new(problem, 6);
        ImbalanceIdentity oracle = new(problem, 6) { StepSize = 0.2 / unit };
        Run(method, 300, observer, oracle);
        Assert.Equal(oracle.Norms[^1], observer.Norm, 1e-12 * oracle.Norms[^1]);
        Assert.Equal(oracle.Norms[0], observer.FirstNorm, 1e-12 * oracle.Norms[0]);
        Assert.True(observer.Norm > 1e-4 * unit && Math.Abs(observer.Norm - observer.FirstNorm) > 1e-3 * observer.FirstNorm);
        Assert.True(observer.Deviation <= 1e-13, $"the summed identity is off by {observer.Deviation:e2}");
    }

    [Fact]
    public void Imbalance_InSinglePrecision_IsWhatItsIdentitySays()
    {
        SensingProblem<float> problem = Rectangular<float>();
        using FactorizedGradientDescent<float> method = new(
            problem, new MethodOptions { Width = 6, StepSize = new AbsoluteStepSize(0.2), InitialScale = 0.1 });
        using ImbalanceObserver<float> observer = new(problem, 6);
        Solver.Run(method, new StopAfterIterations(100), new RunOptions<float> { Observer = observer });
        Assert.True(observer.Deviation <= 1e-5, $"the summed identity is off by {observer.Deviation:e2}");
    }

    /// <summary>The identity is that of plain gradient descent: a preconditioner breaks it.</summary>
    [Fact]
    public void Imbalance_OfAScaledMethod_DeviatesFromTheIdentity()
    {
        SensingProblem<double> problem = Rectangular<double>();
        using AsymmetricDampedScaledGradientDescent<double> method = new(problem, new MethodOptions { Width = 6, InitialScale = 0.1 });
        using ImbalanceObserver<double> observer = new(problem, 6);
        Run(method, 100, observer);
        Assert.True(observer.Deviation > 1e-3, $"{observer.Deviation}");
        Assert.Throws<ArgumentException>(() => new ImbalanceObserver<double>(SolverSetUps.Easy<double>(MatrixStructure.Symmetric).Problem, 2));
    }

    /// <summary>A step of gradient descent has the length eta ||gradient||, and lowers the loss by eta ||gradient||^2 if eta is small.</summary>
    [Theory]
    [InlineData("factorized-gradient-descent", 1.0)]
    [InlineData("factorized-gradient-descent", 8.673617379884035e-19)]
    [InlineData("symmetric-gradient-descent", 1.0)]
    [InlineData("symmetric-gradient-descent", 1152921504606846976.0)]
    public void GradientNorm_OfAnIterate_IsTheSlopeOfTheLoss(string name, double unit)
    {
        MethodDescription<double> row = SolverSetUps.Describe<double>(name);
        SensingProblem<double> problem = InUnits(SolverSetUps.Easy<double>(row.Structure).Problem, unit);
        const double step = 1e-7;
        using IIterativeMethod<double> method = row.Create(
            problem, new MethodOptions { Width = 3, StepSize = new AbsoluteStepSize(step / unit), InitialScale = 0.5 });
        using GradientNormObserver<double> observer = new(problem, 3);
        Run(method, 0, observer);
        (double[] before, double loss) = (method.Factors(), method.Current.Progress.Loss);
        method.Step();
        int copies = row.Structure == MatrixStructure.Symmetric ? 2 : 1; // The symmetric factor is there twice.
        double moved = Math.Sqrt(method.Factors().Zip(before, (x, y) => (x - y) / Math.Sqrt(unit) * ((x - y) / Math.Sqrt(unit))).Sum() / copies) * Math.Sqrt(unit);
        Assert.Equal(1.0, moved / (step / unit * observer.Norm), 1e-6);
        Assert.Equal(1.0, (loss - method.Current.Progress.Loss) / (step / unit * observer.Norm * observer.Norm), 1e-4);
    }

    /// <summary>L = U diag(a) B and R = V diag(b) B^-T have the product U diag(a b) V^T.</summary>
    [Fact]
    public void Spectrum_OfFactorsInAnyBasis_IsThatOfTheProduct()
    {
        double[] basis = [1, 2, 0, 0, 1, 3, 1, 0, 1];
        double[] inverse = Invert3(basis);
        double[] left = SolverSetUps.Product(Scale(FirstColumns(SolverSetUps.Orthogonal(9, 1), 9), [4, 1, 0.01]), 9, basis, 3);
        double[] right = SolverSetUps.Product(Scale(FirstColumns(SolverSetUps.Orthogonal(8, 2), 8), [0.5, 1, 1]), 8, Transpose3(inverse), 3);
        SpectrumObserver<double> observer = new(new ManagedBlas<double>(), 9, 8, 3);
        observer.Observe(new IterationInfo<double>(default, left.AsMatrix(9), right.AsMatrix(8)));
        SolverSetUps.AssertClose([2, 1, 0.01], observer.SingularValues.ToArray(), 1e-13);
        Assert.Equal(3.01, observer.NuclearNorm, 1e-12);
        double[] p = [2 / 3.01, 1 / 3.01, 0.01 / 3.01];
        Assert.Equal(Math.Exp(-p.Sum(x => x * Math.Log(x))), observer.EffectiveRank, 1e-12);
        observer.Observe(new IterationInfo<double>(default, new double[27].AsMatrix(9), new double[24].AsMatrix(8)));
        Assert.Equal((0.0, 0.0), (observer.NuclearNorm, observer.EffectiveRank));
    }

    /// <summary>With A = Id and a diagonal factor, ScaledGD(lambda) moves u by -eta (1 - share) (u^2 - m) / u.</summary>
    [Fact]
    public void DampingShare_OfADiagonalFactor_IsWhatTheStepLacks()
    {
        double[] target = [1, 0, 0, 0.25];
        SensingProblem<double> problem = new(new IdentityOperator<double>(new ManagedBlas<double>(), 2, 2), target, MatrixStructure.Symmetric);
        using DampedScaledGradientDescent<double> method = new(problem, new MethodOptions { Width = 2, StepSize = 0.3, Damping = 0.1 });
        double[] start = [0.9, 0, 0, 0.3];
        method.InitializeAt(start.AsMatrix(2), start.AsMatrix(2));
        DampingShareObserver<double> observer = new(2);
        Run(method, 1, observer);
        double[] end = method.Factors();
        for (int i = 0; i < 2; i++)
        {
            double u = start[3 * i];
            double full = 0.3 * ((u * u) - target[3 * i]) / u;
            Assert.Equal(1 - ((u - end[3 * i]) / full), observer.LeftShares[i], 1e-12);
            Assert.Equal(0.1 / ((u * u) + 0.1), observer.LeftShares[i], 1e-14);
            Assert.Equal(observer.LeftShares[i], observer.RightShares[i]);
        }
    }

    /// <summary>The first iterate that a resumed run shows came from a step that the observer has not seen.</summary>
    [Fact]
    public void DampingShare_OfTheFirstIterateSeen_IsNotMadeUp()
    {
        PlantedProblem<double> planted = SolverSetUps.Easy<double>(MatrixStructure.General);
        using AsymmetricDampedScaledGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = 3, InitialScale = 0.5 });
        DampingShareObserver<double> whole = new(3);
        Run(method, 5, whole);
        using AsymmetricDampedScaledGradientDescent<double> resumed = new(planted.Problem, new MethodOptions { Width = 3, InitialScale = 0.5 });
        MethodState<double>.Of(method).Restore(resumed);
        DampingShareObserver<double> late = new(3);
        Run(resumed, 5, late);
        Assert.Equal(5, resumed.Current.Progress.Iteration);
        Assert.Equal([0.0, 0, 0, 0, 0, 0], [.. late.LeftShares, .. late.RightShares]);
        MethodState<double>.Of(method).Restore(resumed);
        Run(resumed, 6, late);
        MethodState<double>.Of(method).Restore(method);
        Run(method, 6, whole);
        Assert.Equal(whole.LeftShares, late.LeftShares);
        Assert.InRange(late.LeftShares[0], 1e-6, 0.9);
    }

    [Fact]
    public void Trace_AskedForAnError_GivesTheFirstPointBelow()
    {
        PlantedProblem<double> planted = SolverSetUps.Easy<double>(MatrixStructure.General);
        using ScaledGradientDescent<double> method = new(planted.Problem.WithRank(2));
        Trace<double> trace = new(400, new RecoveryErrorObserver<double>(planted.Truth));
        Run(method, 300, trace);
        foreach (double level in new[] { 0.1, 1e-3, 1e-6 })
        {
            TracePoint point = trace.FirstWithErrorBelow(level)!.Value;
            Assert.True(point.RecoveryError <= level && trace.Points[point.Progress.Iteration - 1].RecoveryError > level);
            point = trace.FirstWithResidualBelow(level)!.Value;
            Assert.True(point.Progress.RelativeResidual <= level && trace.Points[point.Progress.Iteration - 1].Progress.RelativeResidual > level);
        }

        Assert.Null(trace.FirstWithErrorBelow(0));
        Assert.Null(trace.FirstWithResidualBelow(0));
    }

    [Fact]
    public void EveryObserver_AfterConstruction_AllocatesNothing()
    {
        PlantedProblem<double> planted = SolverSetUps.Easy<double>(MatrixStructure.General);
        using AsymmetricDampedScaledGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = 3 });
        using ImbalanceObserver<double> imbalance = new(planted.Problem, 3);
        using GradientNormObserver<double> gradient = new(planted.Problem, 3);
        ObserverGroup<double> all = new(
            imbalance, gradient, new SpectrumObserver<double>(planted.Problem.Operator.Blas, 9, 8, 3), new DampingShareObserver<double>(3),
            new SignalObserver<double>(planted.Truth, 2, 3));
        RunOptions<double> options = new() { Observer = all };
        StoppingCriterion stop = new StopAfterIterations(20);
        Assert.Equal(0, AllocatedBytes.Of(() => Solver.Run(method, stop, options)));
    }

    internal static void Run(IIterativeMethod<double> method, int iterations, params IIterationObserver<double>[] observers) =>
        Solver.Run(method, new StopAfterIterations(iterations), new RunOptions<double> { Observer = new ObserverGroup<double>(observers) });

    private static SensingProblem<T> Rectangular<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SolverSetUps.Gaussian<T>(25, 20, 540, new PlantedOptions { Rank = 2, ConditionNumber = 1 / 0.7 }).Problem;

    private static SensingProblem<double> InUnits(SensingProblem<double> problem, double unit) =>
        problem.WithMeasurements(Array.ConvertAll(problem.Measurements.ToArray(), value => value * unit));

    private static double[] FirstColumns(double[] square, int rows) => [.. Enumerable.Range(0, 3 * rows).Select(i => square[(i / 3 * rows) + (i % 3)])];

    private static double[] Scale(double[] columns, double[] factors) => [.. columns.Select((value, i) => value * factors[i % 3])];

    private static double[] Transpose3(double[] a) => [a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]];

    private static double[] Invert3(double[] a)
    {
        double Minor(int r, int c)
        {
            int[] rows = [.. Enumerable.Range(0, 3).Where(i => i != r)];
            int[] columns = [.. Enumerable.Range(0, 3).Where(i => i != c)];
            double value = (a[(3 * rows[0]) + columns[0]] * a[(3 * rows[1]) + columns[1]]) - (a[(3 * rows[0]) + columns[1]] * a[(3 * rows[1]) + columns[0]]);
            return (r + c) % 2 == 0 ? value : -value;
        }

        double determinant = (a[0] * Minor(0, 0)) + (a[1] * Minor(0, 1)) + (a[2] * Minor(0, 2));
        return [.. Enumerable.Range(0, 9).Select(i => Minor(i % 3, i / 3) / determinant)];
    }
}
