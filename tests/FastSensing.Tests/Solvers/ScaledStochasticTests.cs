using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>ScaledSGD, which needs single entries and so other problems than the common contract: 30 x 30, rank 3, 279 of 465 unknowns.</summary>
public sealed class ScaledStochasticTests(ITestOutputHelper output)
{
    /// <summary>Passes over the entries to 1e-6, medians over ten seeds: the numbers are those measured here. Gradient descent would pay 1000 times as many.</summary>
    [Theory]
    [InlineData(1, 95)]
    [InlineData(1000, 175)]
    public void Run_OnSampledEntries_RecoversWhateverTheConditionNumber(double condition, double expected)
    {
        double passes = PaperRuns.Median(PaperRuns.Seeds.Select(seed => (double)PassesTo(1e-6, Planted<double>(279, condition, seed))));
        output.WriteLine($"condition number {condition}: {passes} passes to 1e-6");
        Assert.InRange(passes / expected, 0.75, 1.25);
    }

    [Fact]
    public void Run_InSinglePrecision_Recovers()
    {
        PlantedProblem<float> planted = Planted<float>(279, 10, 1);
        using ScaledStochasticGradientDescent<float> method = new(planted.Problem.WithRank(3));
        SolveResult<float> result = Solver.Run(method, new StopAfterIterations(500) | new StopWhenResidualBelow(1e-5));
        Assert.Equal(SolveStatus.Converged, result.Status);
    }

    /// <summary>One entry, by hand: u_1 and u_2 move along P of the old rows, P = (U^T U)^-1.</summary>
    [Fact]
    public void Step_OnOneEntry_IsTheFormula()
    {
        EntrySamplingOperator<double> op = new(new ManagedBlas<double>(), 2, 2, [0], [1]);
        SensingProblem<double> problem = new(op, new[] { 1.0 }, MatrixStructure.Symmetric);
        using ScaledStochasticGradientDescent<double> method = new(problem, new MethodOptions { Width = 1, StepSize = 0.1 });
        method.InitializeAt(new double[] { 2, 3 }.AsMatrix(2), new double[] { 2, 3 }.AsMatrix(2));
        method.Step();
        double eta = 0.1 * 3;
        double slope = eta * ((2 * 3) - 1) / (4 + 9);
        Assert.Equal(2 - (slope * 3), method.Current.Left[0, 0], 1e-14);
        Assert.Equal(3 - (slope * 2), method.Current.Left[1, 0], 1e-14);
    }

    /// <summary>After a pass the preconditioner that was kept up to date is the one computed anew: so are two passes of one entry each.</summary>
    [Fact]
    public void Step_OnTwoEntries_UsesThePreconditionerOfTheMovedRows()
    {
        EntrySamplingOperator<double> both = new(new ManagedBlas<double>(), 3, 3, [0, 2], [1, 2]);
        SensingProblem<double> problem = new(both, new[] { 1.0, 2.0 }, MatrixStructure.Symmetric);
        double[] start = [2, 1, 0, 3, 1, 1];
        using ScaledStochasticGradientDescent<double> method = new(problem, new MethodOptions { Width = 2, StepSize = 0.1 });
        method.InitializeAt(start.AsMatrix(3), start.AsMatrix(3));
        method.Step();
        double[] seen = method.Current.Left.Elements();
        double[][] orders = [After(start, [0, 2], [1, 2], [1.0, 2.0]), After(start, [2, 0], [2, 1], [2.0, 1.0])];
        Assert.Contains(orders, expected => expected.Zip(seen, (a, b) => Math.Abs(a - b)).Max() < 1e-13);
    }

    [Fact]
    public void Create_WithoutEntries_IsRefused()
    {
        SensingProblem<double> dense = SolverSetUps.Easy<double>(MatrixStructure.Symmetric).Problem;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new ScaledStochasticGradientDescent<double>(dense, new MethodOptions { Width = 2 }));
        Assert.Contains("entries", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Revert_Restart_AndAStateRestored_GiveTheSameBits()
    {
        SensingProblem<double> problem = Planted<double>(279, 10, 1).Problem.WithRank(3);
        using ScaledStochasticGradientDescent<double> method = new(problem);
        Solver.Run(method, new StopAfterIterations(5));
        MethodState<double> state = MethodState<double>.Of(method);
        method.Step();
        double[] after = method.Factors();
        method.Revert();
        method.Step();
        SolverSetUps.AssertSameBits(after, method.Factors());
        using ScaledStochasticGradientDescent<double> fresh = new(problem);
        state.Restore(fresh);
        fresh.Step();
        SolverSetUps.AssertSameBits(after, fresh.Factors());
        fresh.Restart(problem.Measurements.Span);
        Solver.Run(fresh, new StopAfterIterations(6));
        SolverSetUps.AssertSameBits(after, fresh.Factors());
    }

    [Fact]
    public void EveryMember_AfterConstruction_AllocatesNothing()
    {
        SensingProblem<double> problem = Planted<double>(279, 10, 1).Problem.WithRank(3);
        using ScaledStochasticGradientDescent<double> method = new(problem);
        StoppingCriterion stop = new StopAfterIterations(5);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            method.Restart(problem.Measurements.Span);
            Solver.Run(method, stop);
            method.Revert();
        }));
    }

    [Fact]
    public void Run_WithAHugeStep_EndsAtAFiniteIterate()
    {
        using ScaledStochasticGradientDescent<double> method = new(Planted<double>(279, 10, 1).Problem, new MethodOptions { Width = 3, StepSize = 1e6 });
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(100));
        Assert.True(result.Status is SolveStatus.Diverged or SolveStatus.NonFinite, $"{result.Status}");
        Assert.All(method.Factors(), value => Assert.True(double.IsFinite(value)));
    }

    /// <summary>The same by passes over one entry each, with the preconditioner computed anew for each; eta = 0.1 * 6 / m.</summary>
    private static double[] After(double[] start, int[] rows, int[] columns, double[] values)
    {
        double[] factor = start;
        for (int e = 0; e < rows.Length; e++)
        {
            EntrySamplingOperator<double> op = new(new ManagedBlas<double>(), 3, 3, [rows[e]], [columns[e]]);
            SensingProblem<double> problem = new(op, new[] { values[e] }, MatrixStructure.Symmetric);
            using ScaledStochasticGradientDescent<double> method = new(problem, new MethodOptions { Width = 2, StepSize = 0.05 });
            method.InitializeAt(factor.AsMatrix(3), factor.AsMatrix(3));
            method.Step();
            factor = method.Current.Left.Elements();
        }

        return factor;
    }

    private static int PassesTo(double error, PlantedProblem<double> planted)
    {
        using ScaledStochasticGradientDescent<double> method = new(planted.Problem.WithRank(3));
        method.Initialize();
        while (MatrixSensing.RecoveryError(method.Current.Left, method.Current.Right, planted.Truth) > error && method.Current.Progress.Iteration < 1000)
        {
            method.Step();
        }

        return method.Current.Progress.Iteration;
    }

    private static PlantedProblem<T> Planted<T>(int count, double condition, ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        EntrySamples samples = EntrySamples.Uniform(30, 30, count, MatrixStructure.Symmetric, seed);
        return PlantedProblem<T>.Create(
            new EntrySamplingOperator<T>(new ManagedBlas<T>(), 30, 30, samples.Rows, samples.Columns),
            new PlantedOptions { Rank = 3, ConditionNumber = condition, Structure = MatrixStructure.Symmetric, Seed = seed });
    }
}
