using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Solvers;

namespace FastSensing.Tests.Solvers;

/// <summary>Every sentence that Solve may answer with: a problem that provokes it, and that what it advises helps.</summary>
public sealed class SolveDiagnosisTests
{
    [Theory]
    [InlineData(SolveStatus.IterationLimit)]
    [InlineData(SolveStatus.TimeLimit)]
    [InlineData(SolveStatus.Cancelled)]
    [InlineData(SolveStatus.StoppedByObserver)]
    public void Diagnosis_OfARunThatWasEnded_SaysSo(SolveStatus status)
    {
        PlantedProblem<double> planted = Planted(2, 500);
        SolveOptions<double> options = new()
        {
            MaximumIterations = status == SolveStatus.IterationLimit ? 100 : null,
            Deadline = status == SolveStatus.TimeLimit ? TimeSpan.Zero : null,
            Observer = status == SolveStatus.StoppedByObserver ? new StopAtOnce() : null,
        };
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem, options, new CancellationToken(status == SolveStatus.Cancelled));
        AssertSaid(result, status, "ended before it was done", "best factors so far");
        AssertRecovered(planted, MatrixSensing.Solve(planted.Problem), 2);
    }

    [Fact]
    public void Diagnosis_OfALineWithoutEntries_NamesItAndEntriesHelp()
    {
        PlantedOptions options = new() { Rank = 2, ConditionNumber = 2, Seed = 4 };
        PlantedProblem<double> without = SolveEvidenceTests.Entries(40, 30, options, (i, j) => i != 7 && ((i * 7) + (j * 11)) % 5 != 0);
        SolveResult<double> result = MatrixSensing.Solve(without.Problem);
        AssertSaid(result, SolveStatus.Converged, "Row 7 has no entry", "means nothing");
        Assert.True(Error(without, result) > 0.01);
        PlantedProblem<double> with = SolveEvidenceTests.Entries(40, 30, options, (i, j) => ((i * 7) + (j * 11)) % 5 != 0);
        AssertRecovered(with, MatrixSensing.Solve(with.Problem), 2);
    }

    [Fact]
    public void Diagnosis_BelowTheDegreesOfFreedom_AsksForASmallerRank()
    {
        PlantedProblem<double> planted = Planted(2, 500);
        AssertSaid(
            MatrixSensing.Solve(planted.Problem.WithRank(25)),
            SolveStatus.Stalled,
            "500 measurements are fewer than the 750 degrees of freedom of rank 25", "more measurements or a smaller rank");
        AssertRecovered(planted, MatrixSensing.Solve(planted.Problem.WithRank(2)), 2);
    }

    /// <summary>Local minima: the steps come to rest where they could go on, or where they could not.</summary>
    [Theory]
    [InlineData(2UL, "no headway although the residual could be smaller. 202 measurements")]
    [InlineData(1UL, "202 measurements")]
    public void Diagnosis_OfFewMeasurements_AsksForMore(ulong seed, string words)
    {
        PlantedOptions options = new() { Rank = 3, ConditionNumber = 2, Seed = seed };
        PlantedProblem<double> few = SolverSetUps.Gaussian<double>(30, 25, 202, options);
        SolveResult<double> result = MatrixSensing.Solve(few.Problem);
        AssertSaid(result, SolveStatus.Stalled, words, "202 measurements are few for the 156 degrees of freedom of rank 3: give more measurements or a smaller rank");
        PlantedProblem<double> enough = SolverSetUps.Gaussian<double>(30, 25, 400, options);
        AssertRecovered(enough, MatrixSensing.Solve(enough.Problem), 3);
    }

    [Fact]
    public void Diagnosis_OfARankFarTooLarge_AsksForASmallerOne()
    {
        PlantedProblem<double> planted = Planted(2, 500);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem.WithRank(8));
        AssertSaid(result, SolveStatus.Stalled, "500 measurements are few for the 376 degrees of freedom of rank 8", "a smaller rank");
    }

    /// <summary>Noise and a fit of noise are hard to tell apart then: a fit at the noise level is called one, with that reserve.</summary>
    [Fact]
    public void Diagnosis_OfANoisyFitOfFewMeasurements_SaysThatTheyAreFew()
    {
        SolveResult<double> few = MatrixSensing.Solve(Planted(2, 212, noise: 1e-3).Problem);
        AssertSaid(few, SolveStatus.Converged, "212 measurements are few for the 106 degrees of freedom of rank 2: give more");
        SolveResult<double> enough = MatrixSensing.Solve(Planted(2, 300, noise: 1e-3).Problem);
        Assert.Equal((SolveStatus.Converged, 2, null), (enough.Status, enough.Rank, enough.Diagnosis));
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("norms")]
    public void Diagnosis_OfAFarFromIsometric_NamesWhatHelps(string kind)
    {
        PlantedProblem<double> planted = Planted(Rows((i, a) => a * (kind == "norms" && i < 50 ? 100 : 1) + (kind == "mean" ? 3 : 0)));
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        AssertSaid(result, SolveStatus.Stalled, "isometric", "common mean, subtract it from each of them, and the mean of y from y", "norms differ much, divide each A_i and y_i");
        Assert.True(Error(planted, result) > 0.05);
        double[] y = planted.Problem.Measurements.ToArray();
        double mean = y.Average();
        double[][] rows = [.. Enumerable.Range(0, 500).Select(i => Row(planted.Problem.Operator, i))];
        double[] common = [.. Enumerable.Range(0, 750).Select(j => rows.Average(row => row[j]))];
        double[] norms = [.. rows.Select(row => Math.Sqrt(row.Sum(value => value * value)))];
        bool centre = kind == "mean";
        using DenseOperator<double> remedied = DenseOperator<double>.Fill(new ManagedBlas<double>(), 30, 25, 500, (i, a) =>
        {
            for (int j = 0; j < a.Length; j++)
            {
                a[j] = centre ? rows[i][j] - common[j] : rows[i][j] / norms[i];
            }
        });
        double[] z = [.. y.Select((value, i) => centre ? value - mean : value / norms[i])];
        AssertRecovered(planted, MatrixSensing.Solve(new SensingProblem<double>(remedied, z)), 2);
    }

    [Fact]
    public void Diagnosis_OfAFitThatAllMeasurementsTogetherMiss_SaysSo()
    {
        PlantedProblem<double> planted = Planted(2, 169, seed: 1);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);
        AssertSaid(result, SolveStatus.Stalled, "Nine tenths", "another fit", "more measurements", "another seed");
        AssertRecovered(planted, MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Seed = 1 }), 2);
    }

    /// <summary>Also where one of the superfluous columns is what holds the last digits up.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Diagnosis_OfAToleranceBelowThePrecision_NamesIt(int rank)
    {
        PlantedProblem<float> planted = SolverSetUps.Gaussian<float>(
            20, 20, 390, new PlantedOptions { Rank = 2, ConditionNumber = 5, Structure = MatrixStructure.Symmetric });
        SolveResult<float> result = MatrixSensing.Solve(planted.Problem.WithRank(rank), new SolveOptions<float> { Tolerance = 1e-9 });
        Assert.Equal(SolveStatus.Stalled, result.Status);
        Assert.Contains("a tolerance of 1E-09 is below", result.Diagnosis, StringComparison.Ordinal);
        SolveResult<float> without = MatrixSensing.Solve(planted.Problem.WithRank(rank));
        Assert.Equal((SolveStatus.Converged, null), (without.Status, without.Diagnosis));
    }

    [Fact]
    public void Diagnosis_OfARankTooLow_NamesOneThatHelps()
    {
        PlantedProblem<double> planted = Planted(3, 500, noise: 1e-3);
        AssertSaid(MatrixSensing.Solve(planted.Problem.WithRank(2)), SolveStatus.Stalled, "Rank 3 predicts held-out measurements better: give a larger rank");
        SolveResult<double> better = MatrixSensing.Solve(planted.Problem.WithRank(3));
        Assert.Equal((SolveStatus.Converged, null), (better.Status, better.Diagnosis));
    }

    /// <summary>What a column more would fit looks like noise from the columns there are: without trying one, noise cannot be claimed.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-2)]
    public void Diagnosis_OfAWidthTooSmall_AsksForALargerOne(double noise)
    {
        PlantedProblem<double> planted = Planted(2, 500, noise: noise);
        SolveResult<double> narrow = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Width = 1 });
        AssertSaid(narrow, SolveStatus.Stalled, "All 1 columns", "give a larger width");
        Assert.True(Error(planted, narrow) > 0.1);
        SolveResult<double> wide = MatrixSensing.Solve(planted.Problem, new SolveOptions<double> { Width = 3 });
        Assert.Equal((SolveStatus.Converged, 2, null), (wide.Status, wide.Rank, wide.Diagnosis));
    }

    [Fact]
    public void Diagnosis_OfTooFewToHoldAnyOut_AsksForMoreOrATolerance()
    {
        static PlantedProblem<double> Small(int count) =>
            SolverSetUps.Gaussian<double>(1, 3, count, new PlantedOptions { Rank = 1, NoiseStandardDeviation = 0.01 });
        SolveResult<double> result = MatrixSensing.Solve(Small(9).Problem.WithRank(1));
        AssertSaid(result, SolveStatus.Stalled, "None of the 9 measurements can be spared", "give more, or a tolerance");
        SolveResult<double> tolerant = MatrixSensing.Solve(Small(9).Problem.WithRank(1), new SolveOptions<double> { Tolerance = 0.1 });
        Assert.Equal((SolveStatus.Converged, null), (tolerant.Status, tolerant.Diagnosis));
        SolveResult<double> more = MatrixSensing.Solve(Small(90).Problem.WithRank(1));
        Assert.Equal((SolveStatus.Converged, null), (more.Status, more.Diagnosis));
    }

    [Fact]
    public void Diagnosis_OfAnXThatIsNotOfTheGivenRank_SaysSo()
    {
        PlantedProblem<double> planted = Planted(10, 500);
        AssertSaid(MatrixSensing.Solve(planted.Problem.WithRank(2)), SolveStatus.Stalled, "predicted worse than noise", "not be of rank 2");
    }

    [Fact]
    public void Diagnosis_OfAnIndefiniteXTakenForSymmetric_NamesThat()
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(30, 30, 400, new PlantedOptions { Rank = 2 });
        double[] left = SolverSetUps.Normals<double>(60, 5);
        double[] right = [.. left.Select((value, i) => i % 2 == 0 ? value : -value)];
        IMeasurementOperator<double> op = planted.Problem.Operator;
        double[] y = new double[400];
        op.Forward(new FactorPair<double>(left.AsMatrix(30), right.AsMatrix(30)), y, new double[op.ScratchLength(2)]);
        SolveResult<double> result = MatrixSensing.Solve(new SensingProblem<double>(op, y, MatrixStructure.Symmetric));
        AssertSaid(result, SolveStatus.Stalled, "not be of low rank, or not positive semidefinite");
        SolveResult<double> general = MatrixSensing.Solve(new SensingProblem<double>(op, y));
        Assert.Equal((SolveStatus.Converged, 2, null), (general.Status, general.Rank, general.Diagnosis));
    }

    [Fact]
    public void Diagnosis_OfMeasurementsFarOff_NamesThem()
    {
        PlantedProblem<double> planted = Planted(2, 500);
        double[] y = planted.Problem.Measurements.ToArray();
        int[] off = [3, 99, 200, 310, 444];
        Array.ForEach(off, i => y[i] += 1);
        SolveResult<double> result = MatrixSensing.Solve(planted.Problem.WithMeasurements(y));
        AssertSaid(result, SolveStatus.Stalled, "not be of low rank", "some of them far off");
        int[] others = [.. Enumerable.Range(0, 500).Except(off)];
        SensingProblem<double> without = new(planted.Problem.Operator.Select(others), others.Select(i => y[i]).ToArray());
        AssertRecovered(planted, MatrixSensing.Solve(without), 2);
    }

    [Theory]
    [InlineData(SolveStatus.NonFinite)]
    [InlineData(SolveStatus.Breakdown)]
    public void Diagnosis_OfNumbersThatAreNone_NamesTheOperator(SolveStatus status)
    {
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(2, 2, 9, new PlantedOptions { Rank = 1 });
        FaultyBlas<double> blas = new(planted.Problem.Operator.Blas) { FirstFault = status == SolveStatus.Breakdown ? 0 : int.MaxValue };
        FaultyOperator<double> op = new(planted.Problem.Operator, blas) { FirstFault = status == SolveStatus.NonFinite ? 0 : int.MaxValue };
        AssertSaid(MatrixSensing.Solve(new SensingProblem<double>(op, planted.Problem.Measurements)), status, "operator A or its Blas", "NaN", "Correct it");
    }

    [Theory]
    [InlineData(500, SolveStatus.Stalled)]
    [InlineData(9, SolveStatus.Diverged)]
    public void Diagnosis_OfAnAdjointOfTheWrongSign_NamesTheAdjoint(int measurements, SolveStatus status) =>
        AssertMismade(measurements, scale: 1, adjoint: -1, status, "adjoint of the operator A is wrong");

    [Fact]
    public void Diagnosis_OfAScaleFarTooSmall_NamesTheScale() =>
        AssertMismade(9, scale: 1e-3, adjoint: 1, SolveStatus.Diverged, "however short the steps", "ScaleFor");

    private static void AssertMismade(int measurements, double scale, double adjoint, SolveStatus status, params string[] words)
    {
        int size = measurements < 10 ? 2 : 25;
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(size, size, measurements, new PlantedOptions { Rank = 1 });
        MismadeOperator op = new(planted.Problem.Operator, scale, adjoint);
        AssertSaid(MatrixSensing.Solve(new SensingProblem<double>(op, planted.Problem.Measurements)), status, words);
        MismadeOperator corrected = new(planted.Problem.Operator, 1, 1);
        AssertRecovered(planted, MatrixSensing.Solve(new SensingProblem<double>(corrected, planted.Problem.Measurements)), 1);
    }

    /// <summary>30 x 25, condition number 5; noise relative to ||y||, which is near ||X*||_F, at rank 2 sqrt(1.04).</summary>
    private static PlantedProblem<double> Planted(int rank, int measurements, double noise = 0, ulong seed = 1) =>
        SolverSetUps.Gaussian<double>(30, 25, measurements, new PlantedOptions
        {
            Rank = rank,
            ConditionNumber = 5,
            Seed = seed,
            NoiseStandardDeviation = noise * Math.Sqrt(1.04 / measurements),
        });

    private static PlantedProblem<double> Planted(IMeasurementOperator<double> op) =>
        PlantedProblem<double>.Create(op, new PlantedOptions { Rank = 2, ConditionNumber = 5 });

    /// <summary>500 A_i of 30 x 25 made of normal numbers.</summary>
    private static DenseOperator<double> Rows(Func<int, double, double> of)
    {
        NormalGenerator numbers = new(40);
        return DenseOperator<double>.Fill(new ManagedBlas<double>(), 30, 25, 500, (i, a) =>
        {
            for (int j = 0; j < a.Length; j++)
            {
                a[j] = of(i, numbers.Normal((ulong)((i * 750) + j)));
            }
        });
    }

    private static double[] Row(IMeasurementOperator<double> op, int i)
    {
        double[] unit = new double[op.MeasurementCount];
        unit[i] = 1;
        double[] row = new double[op.Rows * op.Columns];
        op.Adjoint(unit, new(row, op.Rows, op.Columns), new double[op.ScratchLength(1)]);
        return row;
    }

    private static double Error(PlantedProblem<double> planted, SolveResult<double> result) =>
        MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);

    private static void AssertSaid(SolveResult<double> result, SolveStatus status, params string[] words)
    {
        Assert.True(status == result.Status, $"{result.Status} at rank {result.Rank}, residual {result.RelativeResidual}: {result.Diagnosis}");
        Assert.All(words, word => Assert.Contains(word, result.Diagnosis, StringComparison.Ordinal));
    }

    private static void AssertRecovered(PlantedProblem<double> planted, SolveResult<double> result, int rank)
    {
        Assert.Equal((SolveStatus.Converged, rank, null), (result.Status, result.Rank, result.Diagnosis));
        double error = Error(planted, result);
        Assert.True(error <= 1e-10, $"recovery error {error:e2}");
    }

    private sealed class StopAtOnce : IIterationObserver<double>
    {
        public ObserverVerdict Observe(in IterationInfo<double> info) => ObserverVerdict.Stop;
    }
}
