using FastSensing.Solvers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>The criteria and their algebra.</summary>
public sealed class StoppingTests
{
    private static readonly SolveStatus[] Statuses = [SolveStatus.Running, SolveStatus.Converged, SolveStatus.IterationLimit];

    [Fact]
    public void Or_OfAnyTwo_IsTheFirstThatIsNotRunning()
    {
        foreach (SolveStatus left in Statuses)
        {
            foreach (SolveStatus right in Statuses)
            {
                SolveStatus expected = left != SolveStatus.Running ? left : right;
                Assert.Equal(expected, (new Fixed(left) | new Fixed(right)).Check(At(0, 1)));
            }
        }
    }

    [Fact]
    public void And_OfAnyTwo_IsTheLeftStatusWhenBothStop()
    {
        foreach (SolveStatus left in Statuses)
        {
            foreach (SolveStatus right in Statuses)
            {
                SolveStatus expected = left != SolveStatus.Running && right != SolveStatus.Running ? left : SolveStatus.Running;
                Assert.Equal(expected, (new Fixed(left) & new Fixed(right)).Check(At(0, 1)));
            }
        }
    }

    [Fact]
    public void Combinations_OfAnyKind_ShowEveryIterateToBothSidesAndResetBoth()
    {
        Fixed left = new(SolveStatus.Converged);
        Fixed right = new(SolveStatus.Running);
        StoppingCriterion both = (left | right) & (left | right);
        both.Reset();
        both.Check(At(0, 1));
        Assert.Equal((2, 2), (left.Checks, right.Checks));
        Assert.Equal((2, 2), (left.Resets, right.Resets));
    }

    [Fact]
    public void StopAfterIterations_AtItsNumber_IsIterationLimit()
    {
        StopAfterIterations stop = new(5);
        Assert.Equal(SolveStatus.Running, stop.Check(At(4, 1)));
        Assert.Equal(SolveStatus.IterationLimit, stop.Check(At(5, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StopAfterIterations(-1));
    }

    [Fact]
    public void StopWhenResidualBelow_AtItsTolerance_IsConverged()
    {
        StopWhenResidualBelow stop = new(1e-3);
        Assert.Equal(SolveStatus.Running, stop.Check(At(0, 1.1e-3)));
        Assert.Equal(SolveStatus.Running, stop.Check(At(0, double.NaN)));
        Assert.Equal(SolveStatus.Converged, stop.Check(At(0, 1e-3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenResidualBelow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenResidualBelow(double.NaN));
    }

    [Fact]
    public void StopWhenStalled_WithoutProgressForAWindow_IsStalled()
    {
        StopWhenStalled stop = new(window: 3, fraction: 0.1);
        for (int run = 0; run < 2; run++)
        {
            stop.Reset();
            Assert.Equal(SolveStatus.Running, stop.Check(At(0, 1)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(1, 2)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(2, 0.89)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(3, 0.85)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(4, 0.85)));
            Assert.Equal(SolveStatus.Stalled, stop.Check(At(5, 0.82)));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenStalled(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenStalled(3, 1));
    }

    [Fact]
    public void StopWhenRising_AboveItsLowest_IsDiverged()
    {
        StopWhenRising stop = new(factor: 1.5);
        for (int run = 0; run < 2; run++)
        {
            stop.Reset();
            Assert.Equal(SolveStatus.Running, stop.Check(At(0, 1)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(1, 0.5)));
            Assert.Equal(SolveStatus.Running, stop.Check(At(2, 0.75)));
            Assert.Equal(SolveStatus.Diverged, stop.Check(At(3, 0.76)));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new StopWhenRising(1));
    }

    [Fact]
    public void Combined_WithNull_IsRefused()
    {
        StoppingCriterion stop = new StopAfterIterations(1);
        Assert.Throws<ArgumentNullException>(() => stop | null!);
        Assert.Throws<ArgumentNullException>(() => null! | stop);
        Assert.Throws<ArgumentNullException>(() => stop & null!);
        Assert.Throws<ArgumentNullException>(() => null! & stop);
    }

    private static IterationProgress At(int iteration, double residual) => new(iteration, 0, residual, 0, 0, 0);

    private sealed class Fixed(SolveStatus status) : StoppingCriterion
    {
        public int Checks { get; private set; }

        public int Resets { get; private set; }

        public override void Reset() => Resets++;

        public override SolveStatus Check(in IterationProgress progress)
        {
            Checks++;
            return status;
        }
    }
}
