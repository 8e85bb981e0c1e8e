using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Causes;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Runs that fail in a known way are given that cause, and good runs none.</summary>
public sealed class RunDiagnosisTests
{
    private const double Tolerance = 1e-6;

    private static readonly PlantedProblem<double> General =
        SolverSetUps.Gaussian<double>(30, 25, 424, new PlantedOptions { Rank = 2, ConditionNumber = 2 });

    private static readonly PlantedProblem<double> Symmetric =
        SolverSetUps.Gaussian<double>(30, 30, 236, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = MatrixStructure.Symmetric });

    public static TheoryData<string> Names => [.. MethodCatalog<double>.All.Where(method => method.MinimizesLoss).Select(method => method.Name)];

    /// <summary>Methods that keep to a number of columns, where others fit noise with all of X.</summary>
    public static TheoryData<string> OfLimitedRank =>
        [.. MethodCatalog<double>.All.Where(m => m.MinimizesLoss && m.Rank != RankKnowledge.Unconstrained).Select(m => m.Name)];

    private static SensingProblem<double> Of(MatrixStructure structure) => (structure == MatrixStructure.Symmetric ? Symmetric : General).Problem;

    /// <summary>The problems above; where a method needs entries, 350 of the 465.</summary>
    private static SensingProblem<double> Of(MethodDescription<double> row) => row.NeedsEntries ? Entries(row).Problem : Of(row.Structure);

    private static PlantedProblem<double> Entries(MethodDescription<double> row, double noise = 0) => SolverSetUps.Entries<double>(
        30, 30, 350, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = row.Structure, NoiseStandardDeviation = noise });

    [Theory]
    [MemberData(nameof(Names))]
    public void Diagnosis_OfAGoodRun_NamesNothing(string name)
    {
        MethodDescription<double> row = SolverSetUps.Describe<double>(name);
        bool symmetric = row.Structure == MatrixStructure.Symmetric;
        SensingProblem<double> problem = row.Rank != RankKnowledge.Unconstrained ? Of(row) : SolverSetUps.Gaussian<double>(
            30, symmetric ? 30 : 25, symmetric ? 930 : 1500, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = row.Structure }).Problem;
        using IIterativeMethod<double> method = row.Create(problem.WithRank(2), null);
        SolveResult<double> result = Explain(method, RunCause.None, iterations: 5000);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Null(result.Diagnosis);
    }

    [Theory]
    [InlineData("symmetric-gradient-descent", 8)]
    [InlineData("factorized-gradient-descent", 8)]
    [InlineData("factorized-gradient-descent", 15)]
    public void Diagnosis_OfAGoodRunWithSuperfluousColumns_NamesNothing(string name, int width)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = width, InitialScale = 1e-8 });
        SolveResult<double> result = Explain(method, RunCause.None, iterations: 2000, tolerance: 1e-4);
        Assert.Null(result.Diagnosis);
    }

    [Theory]
    [InlineData("symmetric-gradient-descent")]
    [InlineData("factorized-gradient-descent")]
    [InlineData("damped-scaled-gradient-descent")]
    [InlineData("asymmetric-damped-scaled-gradient-descent")]
    public void Diagnosis_OfAGoodRunThatWasCutShort_AsksForIterations(string name)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = 2 });
        SolveResult<double> result = Explain(method, RunCause.TooFewIterations, iterations: 60);
        Assert.Contains("more", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("symmetric-gradient-descent", 3.0, 2)]
    [InlineData("symmetric-gradient-descent", 1.1, 2)]
    [InlineData("factorized-gradient-descent", 3.0, 2)]
    [InlineData("factorized-gradient-descent", 1.2, 4)]
    [InlineData("scaled-gradient-descent", 2.5, 2)]
    [InlineData("damped-scaled-gradient-descent", 3.0, 2)]
    [InlineData("asymmetric-damped-scaled-gradient-descent", 3.0, 4)]
    public void Diagnosis_OfALargeStep_NamesTheStep(string name, double step, int width)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = width, StepSize = step });
        Assert.Contains("step size", Explain(method, RunCause.StepTooLarge).Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("symmetric-gradient-descent", 5.0, 2)]
    [InlineData("factorized-gradient-descent", 5.0, 2)]
    [InlineData("factorized-gradient-descent", 1.0, 15)]
    [InlineData("symmetric-gradient-descent", 0.7, 15)]
    public void Diagnosis_OfALargeStart_NamesTheStart(string name, double scale, int width)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = width, InitialScale = scale });
        SolveResult<double> result = Explain(method, RunCause.StartTooLarge);
        Assert.True(result.Status != SolveStatus.Converged || Error(method, result) > 0.05, $"error {Error(method, result)}: the run did not fail");
        Assert.Contains("initial scale", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("damped-scaled-gradient-descent", 30.0, 2)]
    [InlineData("damped-scaled-gradient-descent", 30.0, 6)]
    [InlineData("asymmetric-damped-scaled-gradient-descent", 30.0, 2)]
    [InlineData("asymmetric-damped-scaled-gradient-descent", 8.0, 6)]
    public void Diagnosis_OfALargeDamping_NamesTheDamping(string name, double damping, int width)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = width, Damping = new ConstantDamping(damping) });
        Assert.Contains("too large", Explain(method, RunCause.DampingTooLarge, iterations: 300).Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("damped-scaled-gradient-descent", 1e-3, 6)]
    [InlineData("damped-scaled-gradient-descent", 1e-8, 6)]
    [InlineData("asymmetric-damped-scaled-gradient-descent", 1e-3, 6)]
    [InlineData("asymmetric-damped-scaled-gradient-descent", 1e-8, 6)]
    public void Diagnosis_OfASmallDamping_NamesTheDamping(string name, double damping, int width)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = width, Damping = new ConstantDamping(damping) });
        Assert.Contains("too small", Explain(method, RunCause.DampingTooSmall, iterations: 400).Diagnosis, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnosis_OfAnUndampedMethodWithTooManyColumns_NamesTheDamping()
    {
        using IIterativeMethod<double> method = Create("scaled-gradient-descent", new MethodOptions { Width = 6 });
        Assert.Contains("damped", Explain(method, RunCause.DampingTooSmall).Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfLimitedRank))]
    public void Diagnosis_OfTooLowARank_NamesTheRank(string name)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = 1 });
        Assert.Contains("columns", Explain(method, RunCause.RankTooLow).Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scaled-gradient-descent")]
    [InlineData("factorized-gradient-descent")]
    [InlineData("symmetric-gradient-descent")]
    public void Diagnosis_OfTooFewMeasurements_NamesThem(string name)
    {
        MatrixStructure structure = SolverSetUps.Describe<double>(name).Structure;
        int columns = structure == MatrixStructure.Symmetric ? 30 : 25;
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(
            30, columns, structure == MatrixStructure.Symmetric ? 50 : 90, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = structure });
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(planted.Problem, new MethodOptions { Width = 2 });
        SolveResult<double> result = Explain(method, RunCause.TooFewMeasurements, iterations: 4000);
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) > 0.05);
        Assert.Contains("degrees of freedom", result.Diagnosis, StringComparison.Ordinal);
    }

    /// <summary>Without damping to speak of, the ratio of the factors is kept while they grow: so does their difference.</summary>
    [Theory]
    [InlineData(6, 0.3, 1e-2, 1e-4)]
    [InlineData(2, 0.8, 1e-3, 1e-2)]
    public void Diagnosis_OfFactorsThatGrowUneven_NamesTheImbalance(int width, double step, double leftScale, double rightScale)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 25, 424, new PlantedOptions { Rank = 2, ConditionNumber = 10 });
        using AsymmetricDampedScaledGradientDescent<double> method = new(
            planted.Problem, new MethodOptions { Width = width, StepSize = step, Damping = new ConstantDamping(1e-8) });
        double[] left = [.. SolverSetUps.Normals<double>(30 * width, 1).Select(value => leftScale * value)];
        double[] right = [.. SolverSetUps.Normals<double>(25 * width, 2).Select(value => rightScale * value)];
        method.InitializeAt(left.AsMatrix(30), right.AsMatrix(25));
        double before = Math.Abs(left.Sum(value => value * value) - right.Sum(value => value * value));
        SolveResult<double> result = Explain(method, RunCause.ImbalanceGrowing, iterations: 500);
        double after = Math.Abs(result.Left.Elements().Sum(value => value * value) - result.Right.Elements().Sum(value => value * value));
        Assert.True(after > 100 * before && result.RelativeResidual > 1e-3, $"imbalance {before} -> {after}, residual {result.RelativeResidual}");
        Assert.Contains("imbalance", result.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("symmetric-gradient-descent")]
    [InlineData("factorized-gradient-descent")]
    [InlineData("scaled-gradient-descent")]
    [InlineData("damped-scaled-gradient-descent")]
    [InlineData("asymmetric-damped-scaled-gradient-descent")]
    public void Diagnosis_OfARunFromZero_NamesTheSaddle(string name)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = 2 });
        int rows = method.Problem.Operator.Rows;
        int columns = method.Problem.Operator.Columns;
        method.InitializeAt(new double[2 * rows].AsMatrix(rows), new double[2 * columns].AsMatrix(columns));
        Assert.Contains("saddle", Explain(method, RunCause.Saddle).Diagnosis, StringComparison.Ordinal);
    }

    /// <summary>A column that is exactly zero stays so: the other one finds the best matrix of rank 1, and the run rests there.</summary>
    [Theory]
    [InlineData("symmetric-gradient-descent")]
    [InlineData("factorized-gradient-descent")]
    public void Diagnosis_OfAColumnOfZeros_NamesTheSaddle(string name)
    {
        using IIterativeMethod<double> method = Create(name, new MethodOptions { Width = 2 });
        int rows = method.Problem.Operator.Rows;
        int columns = method.Problem.Operator.Columns;
        double[] left = [.. SolverSetUps.Normals<double>(2 * rows, 1).Select((value, i) => i % 2 == 0 ? 0.1 * value : 0)];
        double[] right = [.. SolverSetUps.Normals<double>(2 * columns, 2).Select((value, i) => i % 2 == 0 ? 0.1 * value : 0)];
        method.InitializeAt(left.AsMatrix(rows), right.AsMatrix(columns));
        Assert.Contains("saddle", Explain(method, RunCause.Saddle).Diagnosis, StringComparison.Ordinal);
    }

    /// <summary>What is left at the end is noise: nothing is wrong with the run.</summary>
    [Theory]
    [MemberData(nameof(OfLimitedRank))]
    public void Diagnosis_OfAFitOfNoisyMeasurements_NamesNothing(string name)
    {
        MethodDescription<double> row = SolverSetUps.Describe<double>(name);
        bool symmetric = row.Structure == MatrixStructure.Symmetric;
        PlantedProblem<double> planted = row.NeedsEntries ? Entries(row, noise: 0.01) : SolverSetUps.Gaussian<double>(
            30, symmetric ? 30 : 25, symmetric ? 236 : 424,
            new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = row.Structure, NoiseStandardDeviation = 0.01 });
        using IIterativeMethod<double> method = row.Create(planted.Problem, new MethodOptions { Width = 2 });
        Assert.Null(Explain(method, RunCause.None, iterations: 3000).Diagnosis);
    }

    /// <summary>
    /// A pass over single entries with a constant step hovers about the best fit where none is exact: the gradient does not
    /// vanish, and yet more passes would not help.
    /// </summary>
    [Theory]
    [InlineData(2, 2, 0.0, 20, RunCause.TooFewIterations)]
    [InlineData(2, 2, 1e-3, 500, RunCause.None)]
    [InlineData(2, 3, 0.0, 500, RunCause.RankTooLow)]
    public void Diagnosis_OfPassesOverEntries_TellsHoveringFromProgress(int width, int rank, double noise, int passes, RunCause cause)
    {
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            PlantedProblem<double> planted = SolverSetUps.Entries<double>(30, 30, 350, new PlantedOptions
            {
                Rank = rank,
                ConditionNumber = 2,
                Structure = MatrixStructure.Symmetric,
                NoiseStandardDeviation = noise,
                Seed = seed,
            });
            using ScaledStochasticGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = width });
            Explain(method, cause, passes);
        }
    }

    private static IIterativeMethod<double> Create(string name, MethodOptions options) =>
        SolverSetUps.Describe<double>(name).Create(Of(SolverSetUps.Describe<double>(name)), options);

    private static double Error(IIterativeMethod<double> method, SolveResult<double> result) => MatrixSensing.RecoveryError(
        result.Left, result.Right, (method.Problem.Structure == MatrixStructure.Symmetric ? Symmetric : General).Truth);

    private static SolveResult<double> Explain(
        IIterativeMethod<double> method, RunCause expected, int iterations = 1500, double tolerance = Tolerance)
    {
        RunDiagnosis<double> diagnosis = new(method);
        SolveResult<double> result = Solver.Run(
            method,
            new StopWhenResidualBelow(tolerance) | new StopWhenStalled(400, 1e-3) | new StopAfterIterations(iterations),
            new RunOptions<double> { Diagnosis = diagnosis });
        Assert.True(expected == diagnosis.Cause, $"{diagnosis.Cause} instead of {expected}: {result.Diagnosis}\n{diagnosis.Evidence}");
        return result;
    }
}
