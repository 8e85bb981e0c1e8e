using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>What every method of the catalog promises, for one element type.</summary>
public abstract class MethodContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => [.. MethodCatalog<T>.All.Select(method => method.Name)];

    /// <summary>Methods whose iterates have as many columns as they are asked for.</summary>
    public static TheoryData<string> OfAnyWidth =>
        [.. MethodCatalog<T>.All.Where(method => method.Rank != RankKnowledge.Unconstrained).Select(method => method.Name)];

    public static TheoryData<string> WithAStepSize => [.. MethodCatalog<T>.All.Where(method => method.HasStepSize).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_OfAnInstance_IsThatOfTheCatalog(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Assert.Equal(name, method.Name);
        Assert.Single(MethodCatalog<T>.All, row => row.Name == name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithDefaults_RecoversAnEasyMatrix(string name)
    {
        PlantedProblem<T> planted = SolverSetUps.Easy(Describe(name));
        using IIterativeMethod<T> method = Describe(name).Create(planted.Problem.WithRank(2), null);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(1000) | new StopWhenResidualBelow(1e-4));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-3);
        Assert.Equal(name, result.Method);
        Assert.Equal(Describe(name).Rank == RankKnowledge.Unconstrained ? 8 : 2, result.Rank);
        Assert.Equal(method.Current.Progress.Iteration, result.Iterations);
        Assert.Equal(method.Current.Progress.RelativeResidual, result.RelativeResidual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithAProblemOfTheOtherStructure_IsRefused(string name)
    {
        MatrixStructure other = Describe(name).Structure == MatrixStructure.General ? MatrixStructure.Symmetric : MatrixStructure.General;
        SensingProblem<T> problem = SolverSetUps.Easy(Describe(name) with { Structure = other }).Problem;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Describe(name).Create(problem, new MethodOptions { Width = 2 }));
        Assert.Contains(other.ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfAnyWidth))]
    public void Step_WithAnyLegalWidth_LowersTheLoss(string name)
    {
        foreach (int width in new[] { 1, 2, 8, 9, 20 })
        {
            MethodOptions options = new() { Width = width, InitialScale = 0.1 };
            if (Describe(name).Rank == RankKnowledge.Exact && width > 8)
            {
                ArgumentException refusal = Assert.Throws<ArgumentException>(() => Create(name, options));
                Assert.Contains("min(n1, n2) = 8", refusal.Message, StringComparison.Ordinal);
                continue;
            }

            using IIterativeMethod<T> method = Create(name, options);
            method.Initialize();
            Assert.Equal(width, method.Current.Left.Columns);
            double before = method.Current.Progress.Loss;
            for (int i = 0; i < 10; i++)
            {
                SolveStatus status = method.Step();
                Assert.True(status == SolveStatus.Running || BeyondTheRank(name, width), $"width {width}: {status}");
            }

            bool another = !Describe(name).MinimizesLoss && width < 2;
            Assert.True(method.Current.Progress.Loss < before || another || BeyondTheRank(name, width), $"width {width}: {before} -> {method.Current.Progress.Loss}");
        }
    }

    [Theory]
    [MemberData(nameof(OfAnyWidth))]
    public void Create_WithASpectralStartOfTooManyColumns_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => Create(name, new MethodOptions { Width = 9, Start = FactorStart.Spectral }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_WithNonsense_IsRefused(string name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Create(name, new MethodOptions { Width = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(name, new MethodOptions { Width = 2, StepSize = 0.0 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(name, new MethodOptions { Width = 2, StepSize = double.NaN }));
        Assert.ThrowsAny<ArgumentException>(() => Create(name, new MethodOptions { Width = 2, Damping = -1.0 }));
        Assert.ThrowsAny<ArgumentException>(() => Create(name, new MethodOptions { Width = 2, InitialScale = double.PositiveInfinity }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Restart_ForNewMeasurements_GivesTheBitsOfAFreshInstance(string name)
    {
        SensingProblem<T> first = SolverSetUps.Easy(Describe(name), seed: 1).Problem;
        SensingProblem<T> second = first.WithMeasurements(Array.ConvertAll(first.Measurements.ToArray(), value => value * value - value));
        using IIterativeMethod<T> used = Describe(name).Create(first, new MethodOptions { Width = 2 });
        using IIterativeMethod<T> fresh = Describe(name).Create(second, new MethodOptions { Width = 2 });
        Solver.Run(used, new StopAfterIterations(7));
        used.Restart(second.Measurements.Span);
        Solver.Run(used, new StopAfterIterations(20));
        Solver.Run(fresh, new StopAfterIterations(20));
        SolverSetUps.AssertSameBits(fresh.Factors(), used.Factors());
        Assert.Equal(fresh.Current.Progress, used.Current.Progress);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Twice_StartsAgainFromTheInitialPoint(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Solver.Run(method, new StopAfterIterations(15));
        T[] first = method.Factors();
        Solver.Run(method, new StopAfterIterations(15));
        SolverSetUps.AssertSameBits(first, method.Factors());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ContinueWith_NewMeasurements_KeepsTheFactors(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Solver.Run(method, new StopAfterIterations(15));
        T[] kept = method.Factors();
        T[] measurements = Array.ConvertAll(method.Problem.Measurements.ToArray(), value => value + value);
        method.ContinueWith(measurements);
        SolverSetUps.AssertSameBits(kept, method.Factors());
        Assert.Equal(0, method.Current.Progress.Iteration);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(0));
        SolverSetUps.AssertSameBits(kept, method.Factors());
        Assert.Equal(0, result.Iterations);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_BeforeAnInitialPoint_IsRefused(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Assert.Throws<InvalidOperationException>(() => method.Step());
        method.ContinueWith(method.Problem.Measurements.Span);
        Assert.Equal(SolveStatus.Running, method.Step());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Restart_WithBadMeasurements_IsRefusedAndChangesNothing(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Solver.Run(method, new StopAfterIterations(3));
        T[] before = method.Factors();
        T[] bad = method.Problem.Measurements.ToArray();
        bad[1] = T.NaN;
        Assert.Throws<ArgumentException>(() => method.Restart(bad));
        Assert.Throws<ArgumentException>(() => method.ContinueWith(bad));
        Assert.Throws<ArgumentException>(() => method.Restart(bad.AsSpan(1)));
        SolverSetUps.AssertSameBits(before, method.Factors());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Revert_AfterAStep_RestoresEverything(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        method.Initialize();
        method.Step();
        T[] before = method.Factors();
        IterationProgress progress = method.Current.Progress;
        method.Step();
        T[] after = method.Factors();
        method.Revert();
        method.Revert();
        SolverSetUps.AssertSameBits(before, method.Factors());
        Assert.Equal(progress, method.Current.Progress);
        method.Step();
        SolverSetUps.AssertSameBits(after, method.Factors());
    }

    [Theory]
    [MemberData(nameof(WithAStepSize))]
    public void Run_WithAHugeStep_EndsAtAFiniteIterate(string name)
    {
        using IIterativeMethod<T> method = Create(name, new MethodOptions { Width = 2, StepSize = 1e6, Damping = 1e-3 });
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(1000));
        Assert.True(result.Status is SolveStatus.Diverged or SolveStatus.NonFinite, $"{result.Status}");
        Assert.All(method.Factors(), value => Assert.True(T.IsFinite(value)));
        Assert.True(double.IsFinite(result.Loss));
    }

    /// <summary>The step that went beyond the limit, a thousand times the start, is taken back.</summary>
    [Theory]
    [MemberData(nameof(WithAStepSize))]
    public void Run_ThatDiverges_EndsAtTheLastIterateWithinTheLimit(string name)
    {
        using IIterativeMethod<T> method = Create(name, new MethodOptions { Width = 2, StepSize = 20.0, Damping = 1e-3 });
        Trace<T> trace = new(1000);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(900), new RunOptions<T> { Observer = trace });
        Assert.Equal(SolveStatus.Diverged, result.Status);
        Assert.True(trace.Points[^1].Progress.RelativeResidual > 1e3);
        Assert.InRange(result.RelativeResidual, 0, 1e3 * Math.Max(1, trace.Points[0].Progress.RelativeResidual));
        Assert.Equal(trace.Points[^2].Progress with { Seconds = 0 }, method.Current.Progress);
        Assert.All(method.Factors(), value => Assert.True(T.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_ByManyThreadsOnOneOperator_GivesTheBitsOfOneThread(string name)
    {
        SensingProblem<T> problem = SolverSetUps.Easy(Describe(name)).Problem;
        T[] expected = problem.FactorsAfter(name, 20);
        T[][] results = new T[200][];
        Thread[] threads = [.. Enumerable.Range(0, results.Length).Select(i => new Thread(() => results[i] = problem.FactorsAfter(name, 20)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(results, result => SolverSetUps.AssertSameBits(expected, result));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryMember_AfterConstruction_AllocatesNothing(string name)
    {
        SensingProblem<T> problem = SolverSetUps.Easy(Describe(name)).Problem;
        using IIterativeMethod<T> method = Create(name);
        T[] other = Array.ConvertAll(problem.Measurements.ToArray(), value => value + value);
        StoppingCriterion stop = new StopAfterIterations(20) | (new StopWhenResidualBelow(1e-30) & new StopWhenStalled(1000));
        RunOptions<T> options = new()
        {
            Observer = new ObserverGroup<T>(new Trace<T>(8, new RecoveryErrorObserver<T>(SolverSetUps.Easy(Describe(name)).Truth))),
            Deadline = TimeSpan.FromHours(1),
        };
        void Everything()
        {
            method.Restart(problem.Measurements.Span);
            Solver.Run(method, stop, options);
            method.Step();
            method.Revert();
            method.ContinueWith(other);
            Solver.Run(method, stop, options);
        }

        Assert.Equal(0, AllocatedBytes.Of(Everything));
        RunOptions<T> leaking = new() { Observer = new LeakingObserver() };
        Assert.True(AllocatedBytes.Of(() => Solver.Run(method, stop, leaking)) >= 20 * 64, "the instrument must see an allocation");
        Assert.Equal(0.0, Solver.Run(method, stop, leaking).AllocatedBytesPerIteration);
    }

    /// <summary>An exact-rank method with more columns than the rank is legal, but may break down.</summary>
    private static bool BeyondTheRank(string name, int width) => Describe(name).Rank == RankKnowledge.Exact && width > 2;

    private static MethodDescription<T> Describe(string name) => SolverSetUps.Describe<T>(name);

    private static IIterativeMethod<T> Create(string name, MethodOptions? options = null) =>
        Describe(name).Create(SolverSetUps.Easy(Describe(name)).Problem, options ?? new MethodOptions { Width = 2 });

    private sealed class LeakingObserver : IIterationObserver<T>
    {
        private byte[] _last = [];

        public int LastLength => _last.Length;

        public ObserverVerdict Observe(in IterationInfo<T> info)
        {
            _last = new byte[64];
            return ObserverVerdict.Continue;
        }
    }
}
