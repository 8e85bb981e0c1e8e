using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Whatever goes wrong inside a run, every method of the catalog ends it with the right status and the last good iterate:
/// nothing is thrown and no NaN is called converged.
/// </summary>
public abstract class RobustnessContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Iterations = 12;

    public static TheoryData<string> Names => [.. MethodCatalog<T>.All.Select(method => method.Name)];

    /// <summary>The run of Iterations steps that nothing disturbs: the factors of each iterate.</summary>
    private static List<T[]> CleanRun(string name)
    {
        using IIterativeMethod<T> method = Create(name, Faulty(name));
        Recorder recorder = new();
        Solver.Run(method, new StopAfterIterations(Iterations), new RunOptions<T> { Observer = recorder });
        return recorder.Iterates;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_WithMeasurementsThatTurnedNaN_IsRefusedBeforeAnyRun(string name)
    {
        T[] measurements = Easy(name).Measurements.ToArray();
        SensingProblem<T> problem = Easy(name).WithMeasurements(measurements);
        measurements[3] = T.NaN;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Describe(name).Create(problem, new MethodOptions { Width = 2 }));
        Assert.Contains("Measurement 3", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithAnOperatorFullOfNaN_IsNonFiniteAtOnce(string name)
    {
        FaultyOperator<T> op = Faulty(name);
        op.FirstFault = 0;
        using IIterativeMethod<T> method = Create(name, op);
        SolveResult<T> result = Run(method);
        Assert.Equal(SolveStatus.NonFinite, result.Status);
        Assert.Equal(0, result.Iterations);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithAnOperatorThatTurnsNaN_EndsAtTheLastGoodIterate(string name)
    {
        List<T[]> clean = CleanRun(name);
        for (int calls = 0; calls < 12; calls++)
        {
            FaultyOperator<T> op = Faulty(name);
            using IIterativeMethod<T> method = Create(name, op);
            method.Initialize();
            op.FirstFault = op.Calls + calls;
            SolveResult<T> result = Run(method);
            if (result.Iterations == Iterations)
            {
                Assert.True(op.Calls <= op.FirstFault, $"after {calls} calls: {result.Status} although every later call gave NaN");
                continue;
            }

            Assert.True(result.Status is SolveStatus.NonFinite or SolveStatus.Breakdown, $"after {calls} calls: {result.Status}");
            SolverSetUps.AssertSameBits(clean[result.Iterations], method.Factors());
            AssertTruthful(name, result);
        }
    }

    /// <summary>A method may try again and go on, or give up; it may not take the NaN for a number.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithOneCallThatGivesNaN_StaysTruthful(string name)
    {
        for (int calls = 0; calls < 12; calls++)
        {
            FaultyOperator<T> op = Faulty(name);
            using IIterativeMethod<T> method = Create(name, op);
            method.Initialize();
            (op.FirstFault, op.LastFault) = (op.Calls + calls, op.Calls + calls);
            SolveResult<T> result = Run(method);
            Assert.True(
                result.Status is SolveStatus.NonFinite or SolveStatus.Breakdown or SolveStatus.IterationLimit or SolveStatus.Converged,
                $"after {calls} calls: {result.Status}");
            AssertTruthful(name, result);
        }
    }

    /// <summary>Methods that factorise break down, or find another way and go on.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithAPivotThatIsNotPositive_BreaksDownAtTheLastGoodIterate(string name)
    {
        List<T[]> clean = CleanRun(name);
        for (int before = 0; before < 6; before++)
        {
            FaultyBlas<T> blas = new(new ManagedBlas<T>());
            using IIterativeMethod<T> method = Create(name, Faulty(name, blas));
            method.Initialize();
            blas.FirstFault = blas.Factorisations + before;
            SolveResult<T> result = Run(method);
            AssertTruthful(name, result);
            if (blas.Factorisations > blas.FirstFault && result.Iterations < Iterations)
            {
                Assert.Equal(SolveStatus.Breakdown, result.Status);
                SolverSetUps.AssertSameBits(clean[result.Iterations], method.Factors());
            }
            else
            {
                Assert.True(result.Status is SolveStatus.IterationLimit or SolveStatus.Converged, $"{result.Status}");
            }
        }
    }

    /// <summary>At zero factors the gradient is zero and every Gram matrix singular.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_FromZeroFactors_EndsTruthfully(string name)
    {
        using IIterativeMethod<T> method = Create(name, Faulty(name));
        int width = 2;
        IMeasurementOperator<T> op = method.Problem.Operator;
        method.InitializeAt(new T[op.Rows * width].AsMatrix(op.Rows), new T[op.Columns * width].AsMatrix(op.Columns));
        SolveResult<T> result = Solver.Run(
            method, new StopWhenResidualBelow(1e-3) | new StopWhenStalled(20) | new StopAfterIterations(200));
        Assert.True(
            result.Status is SolveStatus.Converged or SolveStatus.Stalled or SolveStatus.Breakdown or SolveStatus.IterationLimit, $"{result.Status}");
        Assert.True(result.Status != SolveStatus.Converged || result.RelativeResidual <= 1e-3);
        AssertTruthful(name, result);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfZeroMeasurements_IsConvergedAtZero(string name)
    {
        SensingProblem<T> zero = Easy(name).WithMeasurements(new T[Easy(name).Measurements.Length]);
        using IIterativeMethod<T> method = Describe(name).Create(zero, new MethodOptions { Width = 2 });
        SolveResult<T> result = Solver.Run(method, new StopWhenResidualBelow(1e-12) | new StopAfterIterations(10));
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.All(method.Factors(), value => Assert.Equal(T.Zero, value));
        Assert.Equal(0.0, result.RelativeResidual);
    }

    /// <summary>Nothing tells the scale of X then: no step may become 0 / 0, whatever the method starts from.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfZeroMeasurementsThatDoesNotStop_StaysFinite(string name)
    {
        SensingProblem<T> zero = Easy(name).WithMeasurements(new T[Easy(name).Measurements.Length]);
        foreach (double size in new[] { 0, 0.5 })
        {
            using IIterativeMethod<T> method = Describe(name).Create(zero, new MethodOptions { Width = 2 });
            if (size > 0)
            {
                InitializeAt(method, size);
            }

            SolveResult<T> result = Solver.Run(method, new StopAfterIterations(10), new RunOptions<T> { DivergenceFactor = double.PositiveInfinity });
            Assert.True(result.Status is SolveStatus.IterationLimit or SolveStatus.Breakdown, $"from {size}: {result.Status}");
            Assert.All(method.Factors(), value => Assert.True(T.IsFinite(value) && (size > 0 || value == T.Zero)));
            Assert.True(double.IsFinite(result.Loss));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_CancelledOrPastItsDeadline_EndsWithTheIterateItHas(string name)
    {
        List<T[]> clean = CleanRun(name);
        foreach (int iteration in new[] { 0, 1, 5 })
        {
            using IIterativeMethod<T> method = Create(name, Faulty(name));
            using CancellationTokenSource source = new();
            RunOptions<T> options = new()
            {
                CancellationToken = source.Token,
                Observer = new Recorder { Act = at => { if (at == iteration) { source.Cancel(); } } },
            };
            SolveResult<T> result = Solver.Run(method, new StopAfterIterations(Iterations), options);
            Assert.Equal((SolveStatus.Cancelled, iteration), (result.Status, result.Iterations));
            SolverSetUps.AssertSameBits(clean[iteration], method.Factors());
            AssertTruthful(name, result);
        }

        using IIterativeMethod<T> late = Create(name, Faulty(name));
        SolveResult<T> ended = Solver.Run(late, new StopAfterIterations(Iterations), new RunOptions<T> { Deadline = TimeSpan.Zero });
        Assert.Equal((SolveStatus.TimeLimit, 0), (ended.Status, ended.Iterations));
        SolverSetUps.AssertSameBits(clean[0], late.Factors());
    }

    private static void InitializeAt(IIterativeMethod<T> method, double size)
    {
        IMeasurementOperator<T> op = method.Problem.Operator;
        T[] left = Array.ConvertAll(SolverSetUps.Normals<T>(2 * op.Rows, 1), value => value * T.CreateTruncating(size));
        T[] right = Array.ConvertAll(SolverSetUps.Normals<T>(2 * op.Columns, 2), value => value * T.CreateTruncating(size));
        method.InitializeAt(left.AsMatrix(op.Rows), right.AsMatrix(op.Columns));
    }

    private static SolveResult<T> Run(IIterativeMethod<T> method) =>
        Solver.Run(method, new StopWhenResidualBelow(1e-30) | new StopAfterIterations(Iterations));

    /// <summary>Everything is finite, and the residual is that of the factors, computed anew.</summary>
    private static void AssertTruthful(string name, in SolveResult<T> result)
    {
        Assert.True(double.IsFinite(result.Loss));
        SensingProblem<T> problem = Easy(name);
        T[] y = new T[problem.Operator.MeasurementCount];
        problem.Operator.Forward(new FactorPair<T>(result.Left, result.Right), y, new T[problem.Operator.ScratchLength(result.Rank)]);
        double[] wanted = Array.ConvertAll(problem.Measurements.ToArray(), double.CreateChecked);
        double norm = Math.Sqrt(wanted.Sum(value => value * value));
        double misfit = Math.Sqrt(y.Zip(wanted, (a, b) => Math.Pow(double.CreateChecked(a) - b, 2)).Sum()) / norm;
        double rounding = 64 * double.CreateChecked(T.BitIncrement(T.One) - T.One);
        Assert.True(Math.Abs(misfit - result.RelativeResidual) <= rounding * (1 + misfit), $"residual {result.RelativeResidual}, recomputed {misfit}");
    }

    private static MethodDescription<T> Describe(string name) => SolverSetUps.Describe<T>(name);

    private static SensingProblem<T> Easy(string name) => SolverSetUps.Easy(Describe(name)).Problem;

    private static FaultyOperator<T> Faulty(string name, IBlas<T>? blas = null)
    {
        IMeasurementOperator<T> inner = Easy(name).Operator;
        blas ??= new ManagedBlas<T>();
        return Describe(name).NeedsEntries ? new FaultyEntries<T>(inner, blas) : new FaultyOperator<T>(inner, blas);
    }

    private static IIterativeMethod<T> Create(string name, FaultyOperator<T> op)
    {
        SensingProblem<T> easy = Easy(name);
        return Describe(name).Create(new SensingProblem<T>(op, easy.Measurements, easy.Structure), new MethodOptions { Width = 2 });
    }

    private sealed class Recorder : IIterationObserver<T>
    {
        public Action<int>? Act { get; init; }

        public List<T[]> Iterates { get; } = [];

        public ObserverVerdict Observe(in IterationInfo<T> info)
        {
            Iterates.Add([.. info.Left.Elements(), .. info.Right.Elements()]);
            Act?.Invoke(info.Progress.Iteration);
            return ObserverVerdict.Continue;
        }
    }
}
