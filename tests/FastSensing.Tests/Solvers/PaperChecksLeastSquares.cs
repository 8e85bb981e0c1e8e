using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>Statements about the methods that solve least-squares problems: 30 x 25, rank 2, 106 degrees of freedom.</summary>
public sealed class PaperChecksLeastSquares(ITestOutputHelper output)
{
    public static TheoryData<string> Names =>
        ["alternating-least-squares", "gauss-newton-matrix-recovery", "gauss-newton-matrix-recovery-setting"];

    /// <summary>
    /// The error after a step is at most that before to the power 1.5, once below 0.1 and down to rounding: six measurements
    /// for a degree of freedom, and compressed, 450 of 750. In the median the power is 2.
    /// </summary>
    [Theory]
    [InlineData(636)]
    [InlineData(450)]
    public void C22_GaussNewton_ConvergesSuperlinearly(int measurements)
    {
        List<double> powers = [];
        foreach (ulong seed in PaperRuns.Seeds)
        {
            double[] errors = Errors("gauss-newton-matrix-recovery", Planted(measurements, conditionNumber: 1, seed), iterations: 8);
            int first = Array.FindIndex(errors, e => e < 0.1);
            Assert.InRange(first, 0, 3);
            for (int k = first; k + 1 < errors.Length && errors[k] > 1e-10; k++)
            {
                powers.Add(Math.Log(errors[k + 1]) / Math.Log(errors[k]));
                Assert.True(errors[k + 1] <= Math.Pow(errors[k], 1.5), $"seed {seed}: {string.Join(", ", errors)}");
            }

            Assert.True(errors[^1] < 1e-14, $"seed {seed}: {errors[^1]}");
        }

        output.WriteLine(PaperRuns.Facts(Planted(measurements, conditionNumber: 1, seed: 1), 2));
        output.WriteLine($"C22: median power {PaperRuns.Median(powers):f2}, least {powers.Min():f2}");
        Assert.InRange(PaperRuns.Median(powers), 1.9, 2.6);
        if (measurements == 450)
        {
            PaperRuns.AssertCompressed(Planted(measurements, conditionNumber: 1, seed: 1), 2);
        }
    }

    /// <summary>Three measurements for two degrees of freedom are enough; gradients get nowhere near in as many steps.</summary>
    [Theory]
    [InlineData("gauss-newton-matrix-recovery", 0, 1e-13)]
    [InlineData("gauss-newton-matrix-recovery-setting", 0, 1e-13)]
    [InlineData("scaled-gradient-descent", 0.05, 2)]
    public void C22_GaussNewtonAtThreeMeasurementsForTwoDegreesOfFreedom_Recovers(string name, double lowest, double highest)
    {
        double median = Median(seed => Errors(name, Planted(159, conditionNumber: 10, seed), iterations: 60)[^1]);
        Assert.InRange(median, lowest, highest);
    }

    /// <summary>Also with the setting variant, whose factors go to and fro without end: its estimate is not their product.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfAnIllConditionedMatrix_EndsAtRounding(string name)
    {
        double median = Median(seed => Errors(name, Planted(424, conditionNumber: 100, seed), iterations: 60)[^1]);
        Assert.InRange(median, 0, 1e-12);
    }

    /// <summary>Orthonormal bases inside: the same number of operator calls for a step whatever the condition number.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Step_OfIllConditionedMatrices_NeedsNoMoreOperatorCalls(string name)
    {
        double well = Median(seed => CallsForAStep(name, Planted(318, conditionNumber: 1, seed)));
        double ill = Median(seed => CallsForAStep(name, Planted(318, conditionNumber: 1e6, seed)));
        Assert.True(ill <= 1.3 * well, $"{well} calls at condition number 1, {ill} at 1e6");
    }

    /// <summary>A half step leaves no gradient in its factor: the normal equations of the last half hold.</summary>
    [Fact]
    public void Step_OfAlternatingLeastSquares_LeavesNoGradientInTheLastFactor()
    {
        PlantedProblem<double> planted = Planted(318, conditionNumber: 10, seed: 2);
        using IIterativeMethod<double> method = Create("alternating-least-squares", planted.Problem);
        method.Initialize();
        method.Step();
        IMeasurementOperator<double> op = planted.Problem.Operator;
        FactorPair<double> at = new(method.Current.Left, method.Current.Right);
        MatrixSpan<double> left = new(new double[60], 30, 2);
        MatrixSpan<double> right = new(new double[50], 25, 2);
        op.LossAndGradient(at, planted.Problem.Measurements.Span, new double[op.MeasurementCount], left, right, new double[op.ScratchLength(2)]);
        Assert.True(Norm(left) < 1e-4 * Norm(right), $"{Norm(left)} against {Norm(right)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_WithoutInnerSteps_IsRefused(string name)
    {
        SensingProblem<double> problem = Planted(318, conditionNumber: 1, seed: 1).Problem;
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SolverSetUps.Describe<double>(name).Create(problem, new MethodOptions { Width = 2, InnerSteps = 0 }));
    }

    private static double Norm(ReadOnlyMatrixSpan<double> matrix) => Math.Sqrt(matrix.Elements().Sum(value => value * value));

    private static PlantedProblem<double> Planted(int measurements, double conditionNumber, ulong seed) =>
        SolverSetUps.Gaussian<double>(30, 25, measurements, new PlantedOptions
        {
            Rank = 2,
            ConditionNumber = conditionNumber,
            Seed = seed,
        });

    private static IIterativeMethod<double> Create(string name, SensingProblem<double> problem) =>
        SolverSetUps.Describe<double>(name).Create(problem, new MethodOptions { Width = 2, Start = FactorStart.Spectral });

    private static double[] Errors(string name, PlantedProblem<double> planted, int iterations)
    {
        using IIterativeMethod<double> method = Create(name, planted.Problem);
        Trace<double> trace = new(iterations + 2, new RecoveryErrorObserver<double>(planted.Truth));
        Solver.Run(method, new StopAfterIterations(iterations), new RunOptions<double> { Observer = trace });
        return [.. Enumerable.Range(0, trace.Count).Select(i => trace.Points[i].RecoveryError)];
    }

    private static double CallsForAStep(string name, PlantedProblem<double> planted)
    {
        CountingOperator<double> counting = CountingOperator<double>.Around(planted.Problem.Operator);
        using IIterativeMethod<double> method = Create(name, new SensingProblem<double>(counting, planted.Problem.Measurements));
        method.Initialize();
        long before = counting.Calls;
        method.Step();
        method.Step();
        return counting.Calls - before;
    }

    private static double Median(Func<ulong, double> value) => PaperRuns.Median(PaperRuns.Seeds.Select(value));
}
