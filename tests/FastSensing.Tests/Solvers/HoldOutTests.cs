using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.EarlyStopping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Solvers.UnknownRank;

namespace FastSensing.Tests.Solvers;

/// <summary>What is held out of entry samples, and how much of a residual changes of the factors explain.</summary>
public sealed class HoldOutTests
{
    [Fact]
    public void Choose_SymmetricEntriesInBothTriangles_KeepsTwinsTogether()
    {
        SensingProblem<double> problem = SolveEvidenceTests.Entries(
            20, 20, new PlantedOptions { Rank = 2, Structure = MatrixStructure.Symmetric }, (i, j) => (i + j) % 3 != 0).Problem;
        (int I, int J)[] held = Places(problem, HeldOutSelection.Choose(problem, seed: 1));
        Assert.InRange(held.Length, problem.Operator.MeasurementCount / 10, (problem.Operator.MeasurementCount / 10) + 1);
        Assert.All(held, place => Assert.Contains((place.J, place.I), held));
    }

    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void Choose_SparseEntries_LeavesEveryLineAnEntry(MatrixStructure structure)
    {
        // Two entries a row and two a column: held out at will, lines would be emptied.
        SensingProblem<double> problem = SolveEvidenceTests.Entries(
            100, 100, new PlantedOptions { Rank = 1, Structure = structure }, (i, j) => j == i || j == (i + 1) % 100).Problem;
        int[] held = HeldOutSelection.Choose(problem, seed: 1);
        Assert.Equal(20, held.Length);
        Assert.Equal(held.Order(), held);
        (int I, int J)[] kept = Places(problem, [.. Enumerable.Range(0, 200).Except(held)]);
        Assert.Equal(100, kept.Select(place => place.I).Concat(structure == MatrixStructure.Symmetric ? kept.Select(place => place.J) : []).Distinct().Count());
        Assert.Equal(100, kept.Select(place => place.J).Concat(structure == MatrixStructure.Symmetric ? kept.Select(place => place.I) : []).Distinct().Count());
    }

    [Fact]
    public void Of_ADiagonal_HasNothingToSpare() =>
        Assert.Null(HoldOut<double>.Of(SolveEvidenceTests.Entries(30, 30, new PlantedOptions { Rank = 1 }, (i, j) => i == j).Problem, seed: 1));

    /// <summary>Three times the columns, a signal of seven times the noise: left alone the run fits the noise; stopped it keeps what it had before.</summary>
    [Theory]
    [InlineData("factorized-gradient-descent", MatrixStructure.General)]
    [InlineData("damped-scaled-gradient-descent", MatrixStructure.Symmetric)]
    public void Observer_OfAWideRunWithNoise_KeepsABetterIterateThanTheLast(string name, MatrixStructure structure)
    {
        const int Width = 6;
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(
            30, 30, structure == MatrixStructure.Symmetric ? 240 : 460, new PlantedOptions { Rank = 2, Structure = structure, NoiseStandardDeviation = 0.01 });
        HoldOut<double> holdOut = HoldOut<double>.Of(planted.Problem, seed: 1)!;
        HoldOutObserver<double> watch = new(holdOut, Width);
        MethodOptions options = new() { Width = Width };
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(holdOut.Training, options);
        SolveResult<double> stopped = Solver.Run(method, new StopAfterIterations(3000), new RunOptions<double> { Observer = watch });
        Assert.Equal(SolveStatus.StoppedByObserver, stopped.Status);
        Assert.Equal(stopped.Iterations, watch.LastIteration);
        Assert.True(watch.BestProgress.Iteration < stopped.Iterations);
        Assert.Equal(holdOut.Residual(watch.Left, watch.Right, new double[holdOut.Count]), watch.BestResidual, 1e-14);
        double kept = MatrixSensing.RecoveryError(watch.Left, watch.Right, planted.Truth);
        using IIterativeMethod<double> alone = SolverSetUps.Describe<double>(name).Create(planted.Problem, options);
        SolveResult<double> last = Solver.Run(alone, new StopAfterIterations(3000));
        double left = MatrixSensing.RecoveryError(last.Left, last.Right, planted.Truth);
        Assert.True(kept < 0.7 * left, $"{kept} kept, {left} when left alone");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Observer_WithoutColumnsOrPatience_Refuses(int width, int patience)
    {
        HoldOut<double> holdOut = HoldOut<double>.Of(SolverSetUps.Easy<double>(MatrixStructure.General).Problem, seed: 1)!;
        Assert.Throws<ArgumentOutOfRangeException>(() => new HoldOutObserver<double>(holdOut, width, patience));
    }

    [Fact]
    public void Of_AllEntriesOfASymmetricMatrix_KnowsTheTwinsOfTheIdentity()
    {
        SensingProblem<double> problem = SolverSetUps.Population(12, new PlantedOptions { Rank = 2, Structure = MatrixStructure.Symmetric }).Problem;
        int[] held = HeldOutSelection.Choose(problem, seed: 1);
        Assert.All(held, e => Assert.Contains(((e % 12) * 12) + (e / 12), held));
    }

    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void Explain_OfAChangeAndOfNoise_IsAllAndTheShareOfTheDegreesOfFreedom(MatrixStructure structure)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(20, 20, 300, new PlantedOptions { Rank = 2, Structure = structure, Seed = 3 });
        IMeasurementOperator<double> op = planted.Problem.Operator;
        TangentSpace<double> changes = new(planted.Problem, new FactorCut<double>(op.Blas, planted.TruthFactorLeft, planted.TruthFactorRight), 2);
        double[] residual = Change(planted, structure);
        Assert.Equal(1, changes.Explain(residual, 100), 1e-12);

        // d / m on average, within five standard deviations sqrt(2 d (m - d) / m^3).
        double freedom = planted.Problem.DegreesOfFreedom(2);
        double[] noise = SolverSetUps.Normals<double>(300, 5);
        double deviation = Math.Sqrt(2 * freedom * (300 - freedom) / Math.Pow(300, 3));
        Assert.Equal(freedom / 300, changes.Explain(noise, 100), 5 * deviation);

        // What is left has nothing more to explain, but for a hundred steps of rounding.
        Assert.Equal(0, changes.Explain(noise, 100), 1e-10);
    }

    /// <summary>A(D R^T + L D'^T), with D' = D for a symmetric X.</summary>
    private static double[] Change(PlantedProblem<double> planted, MatrixStructure structure)
    {
        IMeasurementOperator<double> op = planted.Problem.Operator;
        double[] left = new double[80];
        double[] right = new double[80];
        MatrixSpan<double> wideLeft = new(left, 20, 4);
        MatrixSpan<double> wideRight = new(right, 20, 4);
        double[] d = SolverSetUps.Normals<double>(40, 1);
        d.AsMatrix(20).CopyTo(wideLeft.Slice(0, 0, 20, 2));
        planted.TruthFactorLeft.CopyTo(wideLeft.Slice(0, 2, 20, 2));
        planted.TruthFactorRight.CopyTo(wideRight.Slice(0, 0, 20, 2));
        (structure == MatrixStructure.Symmetric ? d : SolverSetUps.Normals<double>(40, 2)).AsMatrix(20).CopyTo(wideRight.Slice(0, 2, 20, 2));
        double[] change = new double[op.MeasurementCount];
        op.Forward(new FactorPair<double>(wideLeft, wideRight), change, new double[op.ScratchLength(4)]);
        return change;
    }

    private static (int I, int J)[] Places(SensingProblem<double> problem, int[] measurements)
    {
        int[] rows = new int[problem.Operator.MeasurementCount];
        int[] columns = new int[problem.Operator.MeasurementCount];
        ((IEntryMeasurements)problem.Operator).CopyPositionsTo(rows, columns);
        return [.. measurements.Select(e => (rows[e], columns[e]))];
    }
}
