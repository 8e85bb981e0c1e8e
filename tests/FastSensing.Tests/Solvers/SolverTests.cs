using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Why runs end, and where.</summary>
public sealed class SolverTests
{
    private static readonly SensingProblem<double> Easy = SolverSetUps.Easy<double>(MatrixStructure.General).Problem.WithRank(2);

    [Fact]
    public void Problem_WithANaNMeasurement_IsRefused()
    {
        double[] bad = Easy.Measurements.ToArray();
        bad[3] = double.NaN;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Easy.WithMeasurements(bad));
        Assert.Contains("Measurement 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithASetToken_IsCancelledAtTheInitialPoint()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        SolveResult<double> result = Solver.Run(
            method, new StopAfterIterations(100), new RunOptions<double> { CancellationToken = new CancellationToken(canceled: true) });
        Assert.Equal(SolveStatus.Cancelled, result.Status);
        Assert.Equal(0, result.Iterations);
    }

    [Fact]
    public void Run_CancelledOnTheWay_EndsAfterThatIteration()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        using CancellationTokenSource source = new();
        RunOptions<double> options = new()
        {
            CancellationToken = source.Token,
            Observer = new ActingObserver(iteration => { if (iteration == 4) { source.Cancel(); } return ObserverVerdict.Continue; }),
        };
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(100), options);
        Assert.Equal(SolveStatus.Cancelled, result.Status);
        Assert.Equal(4, result.Iterations);
    }

    [Fact]
    public void Run_PastItsDeadline_EndsWithTimeLimit()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(100), new RunOptions<double> { Deadline = TimeSpan.Zero });
        Assert.Equal(SolveStatus.TimeLimit, result.Status);
        Assert.Equal(0, result.Iterations);
    }

    /// <summary>An endless run: the third iterate comes before the deadline, unless the machine is held up, and no further one.</summary>
    [Fact]
    public void Run_WhoseDeadlinePassesOnTheWay_EndsWithTheLastIterate()
    {
        TimeSpan deadline = TimeSpan.FromSeconds(1);
        int seen = -1;
        RunOptions<double> options = new()
        {
            Deadline = deadline,
            Observer = new ActingObserver(iteration =>
            {
                seen = iteration;
                Thread.Sleep(iteration == 3 ? deadline : TimeSpan.Zero);
                return ObserverVerdict.Continue;
            }),
        };
        using ScaledGradientDescent<double> method = new(Easy);
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(int.MaxValue), options);
        Assert.Equal((SolveStatus.TimeLimit, seen), (result.Status, result.Iterations));
        Assert.InRange(result.Iterations, 1, 3);
        using ScaledGradientDescent<double> same = new(Easy);
        Solver.Run(same, new StopAfterIterations(result.Iterations));
        SolverSetUps.AssertSameBits(same.Factors(), method.Factors());
    }

    [Fact]
    public void Run_WhenAnObserverAsksToStop_StopsThere()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        ObserverGroup<double> observers = new(
            new ActingObserver(iteration => iteration == 3 ? ObserverVerdict.Stop : ObserverVerdict.Continue), new Trace<double>(10));
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(100), new RunOptions<double> { Observer = observers });
        Assert.Equal(SolveStatus.StoppedByObserver, result.Status);
        Assert.Equal(3, result.Iterations);
    }

    [Fact]
    public void Run_OfScaledGradientDescentWithASingularGramMatrix_BreaksDownAndKeepsTheFactors()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        double[] left = SolverSetUps.Normals<double>(18, 1);
        double[] right = new double[16];
        method.InitializeAt(new ReadOnlyMatrixSpan<double>(left, 9, 2), new ReadOnlyMatrixSpan<double>(right, 8, 2));
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(10));
        Assert.Equal(SolveStatus.Breakdown, result.Status);
        Assert.Equal(0, result.Iterations);
        SolverSetUps.AssertSameBits(left, result.Left.Elements());
        SolverSetUps.AssertSameBits(right, result.Right.Elements());
    }

    [Fact]
    public void Run_ToANonFiniteLoss_ReturnsTheIterateBefore()
    {
        using FactorizedGradientDescent<double> method = new(Easy, new MethodOptions { StepSize = 1e300 });
        RunOptions<double> options = new() { DivergenceFactor = double.PositiveInfinity };
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(10), options);
        Assert.Equal(SolveStatus.NonFinite, result.Status);
        Assert.True(double.IsFinite(result.Loss));
        Assert.All(method.Factors(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Run_OfZeroMeasurements_IsConvergedAtZero()
    {
        SensingProblem<double> zero = Easy.WithMeasurements(new double[Easy.Measurements.Length]);
        using AsymmetricDampedScaledGradientDescent<double> method = new(zero);
        SolveResult<double> result = Solver.Run(method, new StopWhenResidualBelow(1e-12) | new StopAfterIterations(10));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.All(method.Factors(), value => Assert.Equal(0.0, value));
    }

    [Fact]
    public void Method_ThatNeedsTheRank_SaysSo()
    {
        SensingProblem<double> unknown = SolverSetUps.Easy<double>(MatrixStructure.General).Problem;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new ScaledGradientDescent<double>(unknown));
        Assert.Contains("needs the rank", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_OfARun_ExcludeObserversAndGrow()
    {
        using ScaledGradientDescent<double> method = new(Easy);
        Trace<double> trace = new(20);
        ActingObserver sleepy = new(_ => { Thread.Sleep(20); return ObserverVerdict.Continue; });
        SolveResult<double> result = Solver.Run(
            method, new StopAfterIterations(10), new RunOptions<double> { Observer = new ObserverGroup<double>(sleepy, trace) });
        Assert.Equal(0.0, trace.Points[0].Progress.Seconds);
        for (int i = 1; i < trace.Count; i++)
        {
            Assert.True(trace.Points[i].Progress.Seconds >= trace.Points[i - 1].Progress.Seconds);
        }

        Assert.Equal(trace.Points[^1].Progress.Seconds, result.Seconds);
        Assert.Equal(result.Seconds / 10, result.SecondsPerIteration);
    }

    private sealed class ActingObserver(Func<int, ObserverVerdict> act) : IIterationObserver<double>
    {
        public ObserverVerdict Observe(in IterationInfo<double> info) => act(info.Progress.Iteration);
    }
}
