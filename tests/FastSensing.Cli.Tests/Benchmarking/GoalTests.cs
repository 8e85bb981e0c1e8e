using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Goals;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>How rows are judged against the goals of a class, and that every class can be measured.</summary>
public sealed class GoalTests
{
    private static readonly GoalClass Goal = GoalClasses.All[0] with { Must = 1.0, Aim = 1.5 };

    public static TheoryData<string> Names => [.. GoalClasses.All.Select(goal => goal.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ToRequest_EveryClass_AsksForShapesThatTheRoutineHas(string name)
    {
        GoalClass goal = GoalClasses.All.Single(one => one.Name == name);
        BenchRequest request = goal.ToRequest(Precision.Single, 31);
        Assert.Empty(request.Shapes.Except(request.Routine.Shapes));
        Assert.Equal(request.Shapes.Contains(BenchShape.Square), request.Ranks.Length == 0);
        Assert.NotEmpty(Routine.SizesOf(request.Shapes, request.Sizes, request.Ranks));
        Assert.True(request.Rounds >= 15);
    }

    [Theory]
    [InlineData(0.90, 0.99, false, false)]
    [InlineData(0.90, 1.00, true, false)]
    [InlineData(1.00, 1.10, true, false)]
    [InlineData(1.01, 1.10, true, true)]
    public void Of_AnInterval_HoldsByItsUpperAndWinsByItsLowerEnd(double low, double high, bool holds, bool wins)
    {
        GoalSize size = Assert.Single(GoalSize.Of([Row("4x4x4", "mkl", 1.0, low, high)], must: 1.0));
        Assert.Equal((holds, wins), (size.Holds, size.IsWin));
    }

    [Fact]
    public void Of_RoundsThatSharedTheCore_NeitherHoldsNorWins()
    {
        GoalSize size = Assert.Single(GoalSize.Of([Row("4x4x4", "mkl", 3.0) with { Spoiled = 7 }], must: 1.0));
        Assert.Equal((true, false, false), (size.IsDisturbed, size.Holds, size.IsWin));
        Assert.False(Assert.Single(GoalSize.Of([Row("4x4x4", "mkl", 3.0) with { Spoiled = 6 }], must: 1.0)).IsDisturbed);
    }

    [Fact]
    public void Of_SeveralPeers_TakesTheBetterOneAtEachSize()
    {
        IReadOnlyList<GoalSize> sizes = GoalSize.Of(
            [
                Row("4x4x4", "mkl", 2.0), Row("4x4x4", "openblas", 1.5), Row("4x4x4", "mkl", 0.8) with { Caches = "cold" },
                Row("8x8x8", "mkl", 1.2), Row("8x8x8", "openblas", 3.0),
            ],
            must: 1.0);
        Assert.Equal([("4x4x4", "openblas", 1.5, 0.8), ("8x8x8", "mkl", 1.2, null)], sizes.Select(size => (size.Row.Shape, size.Row.Peer!, size.Row.Ratio!.Value, size.Cold)));
    }

    [Fact]
    public void Judge_Ratios2AndOneHalf_HaveTheMean1AndAWorstSizeThatFails()
    {
        GoalJudgement judged = Result([Row("4x4x4", "mkl", 2.0), Row("5x5x5", "mkl", 0.5)]).Judge(Goal);
        Assert.Equal(1.0, judged.GeometricMean, 1e-12);
        Assert.Equal((false, false, "5x5x5"), (judged.MustHolds, judged.AimReached, judged.Worst.Row.Shape));
        Assert.True(Result([Row("4x4x4", "mkl", 2.0)]).Judge(Goal) is { MustHolds: true, AimReached: true });
        Assert.Null(Result([Row("4x4x4", "mkl", 2.0)]).Judge(Goal with { Aim = null }).AimReached);
    }

    [Fact]
    public void WriteGoals_ThenRead_GivesTheSameRows()
    {
        GoalResult result = Result([Row("4x4x4", "mkl", 2.0)]);
        GoalResult read = Assert.Single(BenchJson.ReadGoals(BenchJson.WriteGoals([result])));
        Assert.Equal((result.Class, result.Commit, result.Rows[0].Ratio), (read.Class, read.Commit, read.Rows[0].Ratio));
    }

    private static GoalResult Result(BenchRow[] rows) => new()
    {
        Class = Goal.Name,
        Precision = "fp64",
        Machine = "a machine",
        Commit = "abc",
        Date = "2026-01-01",
        Rows = rows,
    };

    private static BenchRow Row(string shape, string peer, double ratio) => Row(shape, peer, ratio, ratio, ratio);

    private static BenchRow Row(string shape, string peer, double ratio, double low, double high) => new()
    {
        Routine = "gemm",
        Shape = shape,
        Caches = "warm",
        Precision = "fp64",
        Isa = "Simd512",
        Threads = 1,
        Peer = peer,
        OursSeconds = 1,
        Ratio = ratio,
        Interval = [low, high],
        OursBytes = 0,
        Gflops = 1,
        PercentOfLimit = 1,
        Rounds = 31,
        Spoiled = 0,
    };
}
