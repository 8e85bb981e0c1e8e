using System.Numerics;
using FastSensing.IO;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Testing.Files;

namespace FastSensing.Tests.Solvers;

/// <summary>A run that is interrupted, stored and resumed ends with the bits of one that was not, for every method of the catalog.</summary>
public abstract class CheckpointContract<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. MethodCatalog<T>.All.Select(method => method.Name)];

    private string Path => _folder.File("run.npz");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_ResumedHalfWay_GivesTheBitsOfAWholeRun(string name)
    {
        using IIterativeMethod<T> whole = Create(name);
        SolveResult<T> expected = Solver.Run(whole, new StopAfterIterations(40));
        using IIterativeMethod<T> first = Create(name);
        Solver.Run(first, new StopAfterIterations(20));
        CheckpointFile.Write(Path, first);
        using IIterativeMethod<T> second = Create(name);
        CheckpointFile.Read(Path, second);
        AssertSame(first, second);
        SolveResult<T> actual = Solver.Run(second, new StopAfterIterations(40));
        Assert.Equal((expected.Status, expected.Iterations, expected.Loss), (actual.Status, actual.Iterations, actual.Loss));
        AssertSame(whole, second);
    }

    /// <summary>Saving leaves the method as it is; restoring overwrites whatever the method did before, and gives way to a new start.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Restore_InAUsedInstance_ForgetsItsOwnRun(string name)
    {
        using IIterativeMethod<T> whole = Create(name);
        Solver.Run(whole, new StopAfterIterations(20));
        MethodState<T> state = MethodState<T>.Of(whole);
        using IIterativeMethod<T> used = Create(name);
        Solver.Run(used, new StopAfterIterations(33));
        T[] own = used.Factors();
        state.Restore(used);
        AssertSame(whole, used);
        Advance(whole, 15);
        Advance(used, 15);
        AssertSame(whole, used);
        Solver.Run(used, new StopAfterIterations(33));
        SolverSetUps.AssertSameBits(own, used.Factors());
    }

    /// <summary>There is no step to take back then.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Revert_AfterRestore_ChangesNothing(string name)
    {
        using IIterativeMethod<T> whole = Create(name);
        Solver.Run(whole, new StopAfterIterations(5));
        using IIterativeMethod<T> resumed = Create(name);
        MethodState<T>.Of(whole).Restore(resumed);
        resumed.Revert();
        AssertSame(whole, resumed);
        Advance(whole, 3);
        Advance(resumed, 3);
        AssertSame(whole, resumed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_IntoAnotherMethodProblemWidthOrPrecision_IsRefusedAndChangesNothing(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Solver.Run(method, new StopAfterIterations(20));
        CheckpointFile.Write(Path, method);
        SensingProblem<T> problem = method.Problem;
        T[] other = Array.ConvertAll(problem.Measurements.ToArray(), value => value * T.CreateTruncating(4));
        AssertRefused(name, problem.WithMeasurements(other), "exponent");
        other[3] += other[3];
        AssertRefused(name, problem.WithMeasurements(other), "measurements");
        AssertRefused(name, Problem(name, seed: 2).WithMeasurements(problem.Measurements.ToArray()), "operator A");
        MethodDescription<T> stranger = MethodCatalog<T>.All.First(row => row.Name != name && row.Structure == Describe(name).Structure);
        AssertRefused(stranger.Name, problem, name);
        if (Describe(name).Rank != RankKnowledge.Unconstrained)
        {
            AssertRefused(name, problem, "width", width: 3);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAMethodWithNewMeasurements_KnowsThem(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        T[] other = Array.ConvertAll(method.Problem.Measurements.ToArray(), value => (value * value) - value);
        method.Restart(other);
        Solver.Run(method, new StopAfterIterations(10));
        CheckpointFile.Write(Path, method);
        AssertRefused(name, method.Problem, "problem");
        using IIterativeMethod<T> fresh = Describe(name).Create(method.Problem.WithMeasurements(other), new MethodOptions { Width = 2 });
        CheckpointFile.Read(Path, fresh);
        Advance(method, 10);
        Advance(fresh, 10);
        AssertSame(method, fresh);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_BeforeAnInitialPoint_IsRefused(string name)
    {
        using IIterativeMethod<T> method = Create(name);
        Assert.Throws<InvalidOperationException>(() => CheckpointFile.Write(Path, method));
        Assert.False(File.Exists(Path));
    }

    private static MethodDescription<T> Describe(string name) => SolverSetUps.Describe<T>(name);

    private static SensingProblem<T> Problem(string name, ulong seed = 1) => SolverSetUps.Easy(Describe(name), seed).Problem;

    private static IIterativeMethod<T> Create(string name) => Describe(name).Create(Problem(name), new MethodOptions { Width = 2 });

    private static void Advance(IIterativeMethod<T> method, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            method.Step();
        }
    }

    private static void AssertSame(IIterativeMethod<T> expected, IIterativeMethod<T> actual)
    {
        SolverSetUps.AssertSameBits(expected.Factors(), actual.Factors());
        Assert.Equal(expected.Current.Progress, actual.Current.Progress);
    }

    private void AssertRefused(string name, SensingProblem<T> problem, string why, int width = 2)
    {
        using IIterativeMethod<T> method = Describe(name).Create(problem, new MethodOptions { Width = width });
        Solver.Run(method, new StopAfterIterations(5));
        T[] before = method.Factors();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, method));
        Assert.StartsWith(Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        SolverSetUps.AssertSameBits(before, method.Factors());
    }
}
