using FastSensing.Cli.Experiments;
using FastSensing.Cli.Output;
using FastSensing.Operators;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Cli.Tests.Experiments;

/// <summary>Solve without options over a grid of planted problems: the first forty runs of the study, and what they are counted by.</summary>
public sealed class SolveGridTests
{
    /// <summary>Of 44 runs a tenth is large; the other forty are these.</summary>
    private const int Runs = 44;

    [Fact]
    public void Study_FortyRuns_ReachTheGoals()
    {
        GridRun[] plan = [.. GridCells.Plan(Runs).Where(run => run.Cell.Size < GridCells.LargeSize)];
        Assert.Equal(40, plan.Length);
        using GridLog log = new(null);
        List<(GridRun Run, GridOutcome Outcome)> done = new GridStudy(Silent()).Run(plan, log, CancellationToken.None);
        string table = GridTable.Write(done);
        AssertShare(0.95, [.. done.Where(run => run.Run.Cell.Oversampling >= 3).Select(run => run.Outcome.IsSuccess)], table);
        AssertShare(0.7, [.. done.Where(run => run.Run.Cell.Oversampling < 3).Select(run => run.Outcome.IsSuccess)], table);
        AssertShare(0.5, [.. done.Where(run => run.Run.Cell.IsNoiseFree).Select(run => run.Outcome.Error <= 1e-10)], table);
        AssertShare(0.9, [.. done.Select(run => run.Outcome.Status == SolveStatus.Converged)], table);
        Assert.DoesNotContain(done, run => run.Outcome.IsLie);

        // From two sides, and so most often to the same fit.
        double[] ratios = [.. done.Select(run => run.Outcome.Ratio).OfType<double>().Order()];
        Assert.InRange(ratios[ratios.Length / 2], 0.99, 1.05);
    }

    [Fact]
    public void Study_EarlyStopping_EndsNearTheBestIterate()
    {
        GridRun[] plan = EarlyStopping.Plan(20, "n60-sym-r3");
        List<StoppingOutcome> done = new EarlyStopping(Silent()).Run(plan, CancellationToken.None);
        Assert.Equal(20, done.Count);
        Assert.All(done, run => Assert.True(Math.Min(run.Wide, run.Solve) >= 1 - 1e-9, $"{run.Run.Cell.Name}: {run.Wide}, {run.Solve}"));

        // Eighteen here, about nine of ten in the study: a tenth of few measurements is few.
        Assert.True(EarlyStopping.CountNear(done.Select(run => run.Wide)) >= 17, EarlyStopping.Write(done));
        Assert.True(EarlyStopping.CountNear(done.Select(run => run.Solve)) >= 19, EarlyStopping.Write(done));
    }

    /// <summary>Where the last singular value is below the noise there are several fits, and it takes long to reach one.</summary>
    [Fact]
    public void Oracle_OfNoisyRuns_IsWhereAlternatingLeastSquaresEnd()
    {
        GridRun[] plan = [.. GridCells.Plan(300).Where(run => !run.Cell.IsNoiseFree && run.Cell.Condition < run.Cell.SignalToNoise && run.Cell.Name.StartsWith("n30-rect", StringComparison.Ordinal))];
        Assert.True(plan.Length >= 20, $"{plan.Length} runs");
        Assert.All(plan, run =>
        {
            using GridProblem made = new(run);
            using AlternatingLeastSquares<double> method = new(made.Problem, new MethodOptions { Width = run.Cell.Rank });
            method.InitializeAt(made.Planted.TruthFactorLeft, made.Planted.TruthFactorRight);
            SolveResult<double> fit = Solver.Run(method, new StopAfterIterations(100) | new StopWhenStalled(5, 1e-6));
            double expected = MatrixSensing.RecoveryError(fit.Left, fit.Right, made.Planted.Truth);
            double ratio = Oracle.RecoveryError(made) / expected;
            Assert.True(Math.Abs(ratio - 1) <= 0.02, $"{run.Cell.Name}: {ratio:0.000} of {expected:e2}");
        });
    }

    [Fact]
    public void Plan_OfManyRuns_IsCompressedAndMostlySmallAndIndependent()
    {
        GridRun[] plan = [.. GridCells.Plan(610)];
        Assert.Equal(610, plan.Length);
        Assert.All(plan, run => Assert.True(run.Cell.Measurements <= 0.6 * run.Cell.Structure.Unknowns(run.Cell.Size, run.Cell.Columns)));
        Assert.InRange(plan.Count(run => run.Cell.Size == GridCells.LargeSize), 1, 0.15 * 610);
        Assert.Equal(610, plan.Select(run => run.Seed).Distinct().Count());
        Assert.Equal(
            GridCells.All.Where(cell => cell.Size < GridCells.LargeSize).Select(cell => cell.Name).Order(),
            plan.Where(run => run.Cell.Size < GridCells.LargeSize).Select(run => run.Cell.Name).Distinct().Order());
    }

    [Fact]
    public void Cells_OfTheGrid_AreThoseOfTheDefinition()
    {
        // 2 sizes of ranks (1, r, s) at conditions (1; three; three), one of (1, 2); four c, four levels, two structures.
        Assert.Equal(((1 + 3) + (1 + 3 + 3) + (1 + 3 + 3)) * 4 * 4 * 2, GridCells.Full.Length);
        Assert.Equal(GridCells.Full.Where(cell => cell.IsCompressed), GridCells.All);
        GridCell cell = new() { Size = 60, Structure = MatrixStructure.General, Rank = 3, Condition = 10, Oversampling = 2.5, SignalToNoise = 100 };
        Assert.Equal((45, 765, "n60-rect-r3-k10-c2.5-snr100"), (cell.Columns, cell.Measurements, cell.Name));
    }

    [Theory]
    [InlineData(0, 1e-6, SolveStatus.Converged, true, false)]
    [InlineData(0, 1.1e-6, SolveStatus.Converged, false, false)]
    [InlineData(0, 1.1e-2, SolveStatus.Converged, false, true)]
    [InlineData(0, 1.1e-2, SolveStatus.Stalled, false, false)]
    [InlineData(0.1, 0.25, SolveStatus.Stalled, true, false)]
    [InlineData(0.1, 0.26, SolveStatus.Converged, false, false)]
    [InlineData(0.1, 0.41, SolveStatus.Converged, false, true)]
    public void Outcome_OfAnErrorAndAnOracle_IsJudged(double oracle, double error, SolveStatus status, bool success, bool lie)
    {
        GridOutcome outcome = Outcome(oracle, error, status);
        Assert.Equal((success, lie), (outcome.IsSuccess, outcome.IsLie));
    }

    private static GridOutcome Outcome(double oracle, double error, SolveStatus status) => new()
    {
        Cell = "n30-sym-r1-k1-c6-exact", Seed = 1, Status = status, Rank = 1, Error = error, Oracle = oracle, Residual = error, Iterations = 10, Seconds = 1,
    };

    private static void AssertShare(double share, bool[] successes, string table)
    {
        Assert.NotEmpty(successes);
        Assert.True(successes.Count(success => success) >= share * successes.Length, table);
    }

    private static ToolConsole Silent() => ToolConsole.Captured(TextWriter.Null, TextWriter.Null);
}
