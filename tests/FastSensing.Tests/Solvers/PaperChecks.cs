using FastSensing.Diagnostics;
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

/// <summary>Statements of the papers that have numbers to check: rates, plateaus, independence of the condition number.</summary>
public sealed class PaperChecks
{
    private const double Step = 0.2;

    /// <summary>Symmetric, more columns than the rank, A = Id: ||X - M||_F^2 falls like (k - r) / (2 eta t)^2.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public void C1_SymmetricOverParameterised_ErrorFallsLikeOneOverTimeSquared(int width)
    {
        (PlantedProblem<double> planted, double squaredNorm) = Symmetric50();
        double[] errors = SquaredErrors(planted, width, iterations: 30_000, squaredNorm);
        int[] times = [.. Enumerable.Range(0, 21).Select(i => (int)Math.Round(3000 * Math.Pow(10, i / 20.0)))];
        ConvergenceRate rate = ConvergenceRate.Fit([.. times.Select(t => (double)t)], [.. times.Select(t => errors[t])]);
        Assert.InRange(rate.PowerSlope, -2.05, -1.95);
        Assert.Equal(RateLaw.Sublinear, rate.Law);
        double law = (width - 3) / Math.Pow(2 * Step * 30_000, 2);
        Assert.InRange(errors[30_000] / law, 0.95, 1.05);
    }

    /// <summary>Symmetric, width = rank, A = Id: linear, ||X - M||_F^2 ~ (1 - eta sigma_r)^2t, 1e-28 by t = 300.</summary>
    [Fact]
    public void C2_SymmetricExactRank_ConvergesLinearly()
    {
        (PlantedProblem<double> planted, double squaredNorm) = Symmetric50();
        double[] errors = SquaredErrors(planted, width: 3, iterations: 300, squaredNorm);
        int[] times = [.. Enumerable.Range(0, 16).Select(i => 100 + (10 * i))];
        ConvergenceRate rate = ConvergenceRate.Fit([.. times.Select(t => (double)t)], [.. times.Select(t => errors[t])]);
        Assert.Equal(RateLaw.Linear, rate.Law);
        Assert.InRange(rate.LinearSlope / (2 * Math.Log(1 - (Step * 0.6))), 0.95, 1.05);
        Assert.True(errors[300] <= 1e-28, $"squared error {errors[300]:e2} at t = 300");
    }

    /// <summary>
    /// D_(t+1) = D_t + mu^2 (R^T G^T G R - L^T G G^T L) for D = L^T L - R^T R, so D is conserved as mu goes to 0: its
    /// plateau halves with mu.
    /// </summary>
    [Fact]
    public void C6_ImbalanceOfFactorizedGradientDescent_FollowsItsIdentityAndHalvesWithTheStep()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(25, 20, 540, new PlantedOptions { Rank = 2, ConditionNumber = 1 / 0.7 });
        double[] plateaus = [.. new[] { 0.4, 0.2, 0.1 }.Select(mu => ImbalancePlateau(planted.Problem, mu))];
        Assert.InRange(plateaus[0] / plateaus[1], 1.6, 2.5);
        Assert.InRange(plateaus[1] / plateaus[2], 1.6, 2.5);
    }

    /// <summary>Gradient descent needs four times the iterations when the condition number of the factor doubles.</summary>
    [Fact]
    public void C9_GradientDescent_IterationsGrowWithTheSquaredConditionNumber()
    {
        int[] iterations = [.. new[] { 2.0, 4.0, 8.0, 16.0 }.Select(kappa => IterationsTo(1e-4, kappa, limit: 40_000, problem =>
            new SymmetricGradientDescent<double>(problem, new MethodOptions { Width = 5, StepSize = 0.5, InitialScale = 1e-12 })))];
        for (int i = 1; i < iterations.Length; i++)
        {
            Assert.InRange((double)iterations[i] / iterations[i - 1], 3.2, 4.8);
        }
    }

    /// <summary>ScaledGD(lambda) with lambda = sigma_r / 2 needs no more iterations when the condition number grows.</summary>
    [Fact]
    public void C10_DampedScaledGradientDescent_IterationsDoNotGrowWithTheConditionNumber()
    {
        int[] iterations = [.. new[] { 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0 }.Select(kappa => IterationsTo(1e-8, kappa, limit: 400, problem =>
            new DampedScaledGradientDescent<double>(problem, new MethodOptions
            {
                Width = 5,
                StepSize = 0.3,
                Damping = 0.5 / (kappa * kappa),
                InitialScale = 1e-12,
            })))];
        Assert.True(iterations.Max() <= 1.1 * iterations[0], $"iterations {string.Join(", ", iterations)}");
    }

    /// <summary>ScaledGD(lambda) with lambda to infinity and the step eta lambda is gradient descent.</summary>
    [Fact]
    public void C11_DampedScaledGradientDescent_LargeDampingIsGradientDescent()
    {
        SensingProblem<double> problem = SolverSetUps.Easy<double>(MatrixStructure.Symmetric).Problem;
        MethodOptions options = new() { Width = 4, InitialScale = 0.1 };
        using SymmetricGradientDescent<double> plain = new(problem, options with { StepSize = new AbsoluteStepSize(0.2) });
        using DampedScaledGradientDescent<double> damped = new(
            problem, options with { StepSize = new AbsoluteStepSize(0.2e8), Damping = new ConstantDamping(1e8) });
        Solver.Run(plain, new StopAfterIterations(50));
        Solver.Run(damped, new StopAfterIterations(50));
        SolverSetUps.AssertClose(plain.Factors(), damped.Factors(), 1e-6);
    }

    /// <summary>ScaledGD(lambda) with lambda = 0 at the rank is ScaledGD: from L = R = X both factors stay X.</summary>
    [Fact]
    public void C11_DampedScaledGradientDescent_ZeroDampingIsScaledGradientDescent()
    {
        PlantedProblem<double> planted = SolverSetUps.Population(8, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = MatrixStructure.Symmetric });
        SensingProblem<double> general = new(planted.Problem.Operator, planted.Problem.Measurements, MatrixStructure.General, rank: 2);
        using DampedScaledGradientDescent<double> damped = new(
            planted.Problem, new MethodOptions { Width = 2, StepSize = 0.5, Damping = 0.0 });
        using ScaledGradientDescent<double> scaled = new(general, new MethodOptions { StepSize = 0.5 });
        double[] start = SolverSetUps.Normals<double>(16, seed: 5);
        ReadOnlyMatrixSpan<double> factor = new(start, 8, 2);
        damped.InitializeAt(factor, factor);
        scaled.InitializeAt(factor, factor);
        Solver.Run(damped, new StopAfterIterations(10));
        Solver.Run(scaled, new StopAfterIterations(10));
        SolverSetUps.AssertClose(damped.Factors(), scaled.Factors(), 1e-10);
    }

    /// <summary>Every method commutes with a rotation of the columns: from U Q it goes where it goes from U, times Q.</summary>
    [Theory]
    [InlineData("symmetric-gradient-descent")]
    [InlineData("factorized-gradient-descent")]
    [InlineData("scaled-gradient-descent")]
    [InlineData("damped-scaled-gradient-descent")]
    [InlineData("asymmetric-damped-scaled-gradient-descent")]
    public void C19_EveryMethod_CommutesWithRotationsOfTheColumns(string name)
    {
        MethodDescription<double> description = MethodCatalog<double>.All.Single(method => method.Name == name);
        using IIterativeMethod<double> method = description.Create(
            SolverSetUps.Easy<double>(description.Structure).Problem, new MethodOptions { Width = 3 });
        int rows = method.Problem.Operator.Rows;
        double[] left = SolverSetUps.Normals<double>(rows * 3, 1);
        double[] right = description.Structure == MatrixStructure.Symmetric ? left : SolverSetUps.Normals<double>(8 * 3, 2);
        double[] rotation = SolverSetUps.Orthogonal(3, 3);
        double[] rotated = SolverSetUps.Product(left, rows, rotation, 3);
        (double[] plainLeft, double[] plainRight) = FiveStepsFrom(method, left, right);
        (double[] rotatedLeft, double[] rotatedRight) = FiveStepsFrom(method, rotated, SolverSetUps.Product(right, right.Length / 3, rotation, 3));
        SolverSetUps.AssertClose(SolverSetUps.Product(plainLeft, rows, rotation, 3), rotatedLeft, 1e-10);
        SolverSetUps.AssertClose(SolverSetUps.Product(plainRight, right.Length / 3, rotation, 3), rotatedRight, 1e-10);
    }

    /// <summary>Without damping any change of basis will do: from L B and R B^-T the products L R^T stay the same.</summary>
    [Fact]
    public void C19_ScaledGradientDescent_CommutesWithEveryChangeOfBasis()
    {
        using ScaledGradientDescent<double> method = new(SolverSetUps.Easy<double>(MatrixStructure.General).Problem.WithRank(2));
        double[] left = SolverSetUps.Normals<double>(18, 1);
        double[] right = SolverSetUps.Normals<double>(16, 2);
        double[] basis = [2, 1, 0.5, 3];
        double[] inverseTransposed = [3 / 5.5, -0.5 / 5.5, -1 / 5.5, 2 / 5.5];
        (double[] plainLeft, double[] plainRight) = FiveStepsFrom(method, left, right);
        (double[] otherLeft, double[] otherRight) = FiveStepsFrom(
            method, SolverSetUps.Product(left, 9, basis, 2), SolverSetUps.Product(right, 8, inverseTransposed, 2));
        SolverSetUps.AssertClose(SolverSetUps.Product(plainLeft, 9, basis, 2), otherLeft, 1e-10);
        SolverSetUps.AssertClose(SolverSetUps.Product(plainRight, 8, inverseTransposed, 2), otherRight, 1e-10);
    }

    /// <summary>n = 50, singular values 1, 0.8, 0.6, A = Id.</summary>
    private static (PlantedProblem<double> Planted, double SquaredNorm) Symmetric50() =>
        (SolverSetUps.Population(50, new PlantedOptions { Rank = 3, ConditionNumber = 1 / 0.6, Structure = MatrixStructure.Symmetric }),
            1 + 0.64 + 0.36);

    private static double[] SquaredErrors(PlantedProblem<double> planted, int width, int iterations, double squaredNorm)
    {
        using SymmetricGradientDescent<double> method = new(
            planted.Problem, new MethodOptions { Width = width, StepSize = new AbsoluteStepSize(Step), InitialScale = 0.5 });
        Trace<double> trace = new(iterations + 2, new RecoveryErrorObserver<double>(planted.Truth));
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(iterations), new RunOptions<double> { Observer = trace });
        Assert.Equal(SolveStatus.IterationLimit, result.Status);
        Assert.Equal(iterations + 1, trace.Count);
        return [.. trace.Points.ToArray().Select(point => point.RecoveryError * point.RecoveryError * squaredNorm)];
    }

    private static int IterationsTo(
        double error, double factorCondition, int limit, Func<SensingProblem<double>, IIterativeMethod<double>> create)
    {
        PlantedProblem<double> planted = SolverSetUps.Population(50, new PlantedOptions
        {
            Rank = 3,
            ConditionNumber = factorCondition * factorCondition,
            Structure = MatrixStructure.Symmetric,
        });
        using IIterativeMethod<double> method = create(planted.Problem);
        RecoveryErrorObserver<double> observer = new(planted.Truth, stopBelow: error);

        // With lambda = 5e-7 the first steps overshoot X by orders of magnitude, and come back.
        RunOptions<double> options = new() { Observer = observer, DivergenceFactor = double.PositiveInfinity };
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(limit), options);
        Assert.Equal(SolveStatus.StoppedByObserver, result.Status);
        return result.Iterations;
    }

    private static double ImbalancePlateau(SensingProblem<double> problem, double mu)
    {
        using FactorizedGradientDescent<double> method = new(
            problem, new MethodOptions { Width = 8, StepSize = new AbsoluteStepSize(mu), InitialScale = 1e-4 });
        ImbalanceIdentity identity = new(problem, 8) { StepSize = mu };
        Solver.Run(method, new StopAfterIterations((int)Math.Round(150 / mu)), new RunOptions<double> { Observer = identity });
        Assert.True(identity.Count > 100);
        Assert.True(identity.WorstViolation <= 1e-13, $"mu = {mu}: the identity is off by {identity.WorstViolation:e2} (||L||^2 + ||R||^2)");
        Assert.True(identity.FirstNorm < 1e-6, $"the imbalance starts at {identity.FirstNorm:e2}");
        return identity.LastNorm;
    }

    private static (double[] Left, double[] Right) FiveStepsFrom(IIterativeMethod<double> method, double[] left, double[] right)
    {
        int width = method.Current.Left.Columns;
        method.InitializeAt(
            new ReadOnlyMatrixSpan<double>(left, left.Length / width, width), new ReadOnlyMatrixSpan<double>(right, right.Length / width, width));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        return (method.Current.Left.Elements(), method.Current.Right.Elements());
    }
}
