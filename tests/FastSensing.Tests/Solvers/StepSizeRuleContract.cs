using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>What every rule that looks along the gradient promises, in every method that serves it, for one element type.</summary>
public abstract class StepSizeRuleContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<StepSizeRule> Rules =>
        [new ArmijoStepSize(), new ExactLineSearch(), new BarzilaiBorweinStepSize(), new PolyakStepSize()];

    /// <summary>Data times 2^e and 2^-e are to give the same bits.</summary>
    protected abstract int ExactExponent { get; }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_OfAnEasyProblem_RecoversX(StepSizeRule rule) => Each(description =>
    {
        PlantedProblem<T> planted = SolverSetUps.Easy(description);
        using IIterativeMethod<T> method = description.Create(planted.Problem, new MethodOptions { Width = 2, StepSize = rule });
        SolveResult<T> result = Solver.Run(method, new StopWhenResidualBelow(1e-4) | new StopAfterIterations(300));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-3);
    });

    /// <summary>Every trial is as good as the next one where the gradient is zero; more trials than a double has powers of two.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_WhereTheGradientIsZero_StaysThere(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> method = Create(description, rule);
        IMeasurementOperator<T> op = method.Problem.Operator;
        method.InitializeAt(new T[2 * op.Rows].AsMatrix(op.Rows), new T[2 * op.Columns].AsMatrix(op.Columns));
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(1100));
        Assert.Equal(SolveStatus.IterationLimit, result.Status);
        Assert.Equal(1.0, result.RelativeResidual, 1e-6);
        Assert.All(method.Factors(), value => Assert.Equal(T.Zero, value));
    });

    /// <summary>sigma1 is 0 then, and no step can be measured by it.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_OfZeroMeasurements_StaysFinite(StepSizeRule rule) => Each(description =>
    {
        SensingProblem<T> easy = SolverSetUps.Easy(description).Problem;
        using IIterativeMethod<T> method = description.Create(
            easy.WithMeasurements(new T[easy.Measurements.Length]), new MethodOptions { Width = 2, StepSize = rule });
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(10));
        Assert.Equal((SolveStatus.IterationLimit, 0.0), (result.Status, result.RelativeResidual));
        Assert.All(method.Factors(), value => Assert.Equal(T.Zero, value));
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Revert_AfterAStep_RestoresWhatTheRuleRemembers(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> method = Create(description, rule);
        Solver.Run(method, new StopAfterIterations(7));
        T[] before = method.Factors();
        method.Step();
        T[] after = method.Factors();
        method.Revert();
        SolverSetUps.AssertSameBits(before, method.Factors());
        method.Step();
        SolverSetUps.AssertSameBits(after, method.Factors());
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_ResumedFromASavedState_GivesTheBitsOfAWholeRun(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> whole = Create(description, rule);
        using IIterativeMethod<T> resumed = Create(description, rule);
        Solver.Run(whole, new StopAfterIterations(9));
        MethodState<T>.Of(whole).Restore(resumed);
        for (int i = 0; i < 5; i++)
        {
            whole.Step();
            resumed.Step();
        }

        SolverSetUps.AssertSameBits(whole.Factors(), resumed.Factors());
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_Twice_GivesTheSameBits(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> method = Create(description, rule);
        Solver.Run(method, new StopAfterIterations(12));
        T[] first = method.Factors();
        Solver.Run(method, new StopAfterIterations(12));
        SolverSetUps.AssertSameBits(first, method.Factors());
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_InOtherUnits_GivesTheSameBits(StepSizeRule rule) => Each(description =>
    {
        SensingProblem<T> problem = SolverSetUps.Easy(description).Problem;
        T[] expected = After(description, problem, rule);
        foreach (int exponent in new[] { -6, 4, 2 * (ExactExponent / 2), -2 * (ExactExponent / 2) })
        {
            T c = T.ScaleB(T.One, exponent);
            SolverSetUps.AssertSameBits(expected, After(description, problem.Scaled(c), rule));
            SensingProblem<T> scaled = problem.WithMeasurements(Array.ConvertAll(problem.Measurements.ToArray(), value => value * c));
            SolverSetUps.AssertSameBits(
                Array.ConvertAll(expected, value => T.ScaleB(value, exponent / 2)), After(description, scaled, rule));
        }
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryMember_AfterConstruction_AllocatesNothing(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> method = Create(description, rule);
        T[] measurements = method.Problem.Measurements.ToArray();
        StoppingCriterion stop = new StopAfterIterations(10);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            method.Restart(measurements);
            Solver.Run(method, stop);
            method.Revert();
            method.ContinueWith(measurements);
        }));
    });

    /// <summary>At X = 0 the gradient vanishes: no rule may divide by it.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_FromZero_StaysThere(StepSizeRule rule) => Each(description =>
    {
        using IIterativeMethod<T> method = Create(description, rule);
        T[] zero = new T[18];
        int rows = method.Problem.Operator.Rows;
        method.InitializeAt(new ReadOnlyMatrixSpan<T>(zero, rows, 2), new ReadOnlyMatrixSpan<T>(zero, 8, 2));
        Assert.Equal(SolveStatus.Running, method.Step());
        Assert.Equal(SolveStatus.Running, method.Step());
        Assert.All(method.Factors(), value => Assert.Equal(T.Zero, value));
        Assert.True(double.IsFinite(method.Current.Progress.StepSize));
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Create_OfAMethodThatMovesAlongSomethingElse_IsRefused(StepSizeRule rule)
    {
        foreach (MethodDescription<T> description in MethodCatalog<T>.All.Where(row => row.HasStepSize && !row.ServesLineSearch))
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => Create(description, rule));
            Assert.Contains(rule.GetType().Name, refusal.Message, StringComparison.Ordinal);
        }
    }

    private static void Each(Action<MethodDescription<T>> check)
    {
        MethodDescription<T>[] serving = [.. MethodCatalog<T>.All.Where(row => row.ServesLineSearch)];
        Assert.Contains(serving, row => row.Structure == MatrixStructure.Symmetric);
        Assert.Contains(serving, row => row.Structure == MatrixStructure.General);
        Assert.All(serving, check);
    }

    private static IIterativeMethod<T> Create(MethodDescription<T> description, StepSizeRule rule) => description.Create(
        SolverSetUps.Easy(description).Problem, new MethodOptions { Width = 2, StepSize = rule, InitialScale = 0.1 });

    private static T[] After(MethodDescription<T> description, SensingProblem<T> problem, StepSizeRule rule)
    {
        using IIterativeMethod<T> method = description.Create(problem, new MethodOptions { Width = 2, StepSize = rule, InitialScale = 0.1 });
        Solver.Run(method, new StopAfterIterations(20));
        return method.Factors();
    }
}
