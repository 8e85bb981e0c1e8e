using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>The step sizes that look along the gradient, against brute force and against each other.</summary>
public sealed class PaperChecksLineSearch(ITestOutputHelper output)
{
    private const double Clip = 3;

    /// <summary>The step of the exact line search is where the loss along the gradient is least, as found by trying.</summary>
    [Theory]
    [InlineData(MatrixStructure.Symmetric, 120)]
    [InlineData(MatrixStructure.Symmetric, 40)]
    [InlineData(MatrixStructure.General, 150)]
    [InlineData(MatrixStructure.General, 80)]
    public void C21_QuarticOfTheLineSearch_HasTheMinimumOfBruteForce(MatrixStructure structure, int measurements)
    {
        double worst = 0;
        foreach (ulong seed in PaperRuns.Seeds)
        {
            PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(
                12, 12, measurements, new PlantedOptions { Rank = 2, ConditionNumber = 3, Seed = seed, Structure = structure });
            MethodOptions options = new() { Width = 3, StepSize = new ExactLineSearch(1e3), InitialScale = 0.5, Seed = seed };
            using IIterativeMethod<double> method = structure == MatrixStructure.Symmetric
                ? new SymmetricGradientDescent<double>(planted.Problem, options)
                : new FactorizedGradientDescent<double>(planted.Problem, options);
            method.Initialize();
            for (int i = 0; i < 6; i++)
            {
                double[] left = method.Current.Left.Elements();
                double[] right = method.Current.Right.Elements();
                method.Step();
                double step = method.Current.Progress.StepSize;
                double[] towards = method.Current.Left.Elements();
                double[] towardsRight = method.Current.Right.Elements();

                // The line through both iterates, in units of the step taken.
                double LossAt(double t) => Loss(planted.Problem, Between(left, towards, t), Between(right, towardsRight, t));
                double best = BruteForce(LossAt, 1.0 / 40, 3);
                Assert.True(LossAt(1) <= LossAt(best) * (1 + 1e-12), $"step {step}: loss {LossAt(1)} and {LossAt(best)} at {best} of it");
                worst = Math.Max(worst, best < 3 ? Math.Abs(best - 1) : 0);
            }
        }

        output.WriteLine($"C21, {structure}, m = {measurements}: steps agree to {worst:e1}");

        // A minimum is flat: where a value is known to 1e-16 its place is known to 1e-8.
        Assert.True(worst <= 1e-6, $"{worst:e2}");
    }

    [Fact]
    public void ExactLineSearch_WhoseMinimumIsBeyondTheClip_StepsAsFarAsTheClip()
    {
        SensingProblem<double> problem = SolverSetUps.Easy<double>(MatrixStructure.General).Problem;
        MethodOptions options = new() { Width = 2, InitialScale = 0.1 };
        using FactorizedGradientDescent<double> clipped = new(problem, options with { StepSize = new ExactLineSearch(0.01) });
        using FactorizedGradientDescent<double> constant = new(problem, options with { StepSize = new RelativeStepSize(0.01) });
        Solver.Run(clipped, new StopAfterIterations(10));
        Solver.Run(constant, new StopAfterIterations(10));
        SolverSetUps.AssertClose(constant.Factors(), clipped.Factors(), 1e-13);
    }

    /// <summary>Quartics with one minimum and with two, the lower of them on either side, within the clip and beyond.</summary>
    [Fact]
    public void C21_Quartics_OfEveryShape_AreMinimisedAsByBruteForce()
    {
        double[] numbers = SolverSetUps.Normals<double>(3000, 5);
        int inside = 0;
        for (int i = 0; i < 500; i++)
        {
            double[] a0 = [1, numbers[6 * i]];
            double[] a1 = [Math.Abs(numbers[(6 * i) + 1]), numbers[(6 * i) + 2]];
            double[] a2 = [numbers[(6 * i) + 3], 0.3 * numbers[(6 * i) + 4]];
            if (Dot(a0, a1) <= 0)
            {
                continue;
            }

            LineQuartic quartic = LineQuartic.FromProducts(Dot(a0, a0), Dot(a0, a1), Dot(a0, a2), Dot(a1, a1), Dot(a1, a2), Dot(a2, a2));
            double Residual(double t) => Square(a0[0] - (t * a1[0]) + (t * t * a2[0])) + Square(a0[1] - (t * a1[1]) + (t * t * a2[1]));
            Assert.Equal(Residual(0.7), quartic.At(0.7), 1e-12 * (1 + Residual(0.7)));
            double found = quartic.Minimize(Clip);
            double best = BruteForce(Residual, 1.0 / 400, Clip);
            Assert.InRange(found, double.Epsilon, Clip);
            Assert.True(Residual(found) <= Residual(best) + (1e-14 * (1 + Residual(0))), $"{i}: {Residual(found)} at {found}, {Residual(best)} at {best}");
            inside += found < Clip ? 1 : 0;
        }

        Assert.InRange(inside, 50, 450);
    }

    /// <summary>Iterations to 1e-6 from a small start, each rule in each structure, compressed: rules are worth their calls.</summary>
    [Theory]
    [InlineData(MatrixStructure.Symmetric)]
    [InlineData(MatrixStructure.General)]
    public void StepSizeRules_OnACompressedProblem_Converge(MatrixStructure structure)
    {
        int measurements = structure == MatrixStructure.Symmetric ? 240 : 400;
        PlantedProblem<double> Plant(ulong seed) => SolverSetUps.Gaussian<double>(
            30, 30, measurements, new PlantedOptions { Rank = 2, ConditionNumber = 5, Seed = seed, Structure = structure });
        PaperRuns.AssertCompressed(Plant(1), 2);
        output.WriteLine(PaperRuns.Facts(Plant(1), 2));
        Dictionary<string, double> medians = [];
        foreach (StepSizeRule rule in new StepSizeRule[]
        {
            new RelativeStepSize(0.25), new ArmijoStepSize(), new ExactLineSearch(), new BarzilaiBorweinStepSize(), new PolyakStepSize(),
        })
        {
            medians[rule.GetType().Name] = PaperRuns.Median(PaperRuns.Seeds.Select(seed =>
            {
                PlantedProblem<double> planted = Plant(seed);
                MethodOptions options = new() { Width = 2, StepSize = rule, InitialScale = 1e-3, Seed = seed };
                using IIterativeMethod<double> method = structure == MatrixStructure.Symmetric
                    ? new SymmetricGradientDescent<double>(planted.Problem, options)
                    : new FactorizedGradientDescent<double>(planted.Problem, options);
                return PaperRuns.IterationsTo(method, planted, 1e-6, 2000);
            }));
        }

        output.WriteLine($"{structure}, iterations to 1e-6: {string.Join(", ", medians.Select(pair => $"{pair.Key} {pair.Value}"))}");
        double constant = medians[nameof(RelativeStepSize)];
        Assert.All(medians.Where(pair => pair.Key != nameof(RelativeStepSize)), pair => Assert.True(pair.Value < constant, $"{pair.Key}: {pair.Value}"));
    }

    /// <summary>The least point of a grid on (0, limit], refined by golden sections.</summary>
    private static double BruteForce(Func<double, double> loss, double spacing, double limit)
    {
        double best = limit;
        for (int i = 1; i * spacing < limit; i++)
        {
            best = loss(i * spacing) < loss(best) ? i * spacing : best;
        }

        double golden = (Math.Sqrt(5) - 1) / 2;
        double low = Math.Max(0, best - spacing);
        double high = Math.Min(limit, best + spacing);
        while (high - low > 1e-9)
        {
            double x = high - (golden * (high - low));
            double y = low + (golden * (high - low));
            (low, high) = loss(x) < loss(y) ? (low, y) : (x, high);
        }

        double middle = 0.5 * (low + high);
        return loss(middle) < loss(best) ? middle : best;
    }

    private static double Loss(SensingProblem<double> problem, double[] left, double[] right)
    {
        double[] residual = new double[problem.Operator.MeasurementCount];
        problem.Operator.Forward(
            new FactorPair<double>(left.AsMatrix(12), right.AsMatrix(12)), residual, new double[problem.Operator.ScratchLength(3)]);
        return residual.Zip(problem.Measurements.ToArray(), (x, y) => Square(x - y)).Sum();
    }

    private static double[] Between(double[] from, double[] to, double t) => [.. from.Zip(to, (x, y) => x + (t * (y - x)))];

    private static double Dot(double[] x, double[] y) => (x[0] * y[0]) + (x[1] * y[1]);

    private static double Square(double x) => x * x;
}
