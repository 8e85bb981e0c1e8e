using FastSensing.Initialization;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Tests.Solvers;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Initialization;

/// <summary>The spectral estimate against MathNet's decompositions of A*(y) / s^2.</summary>
public sealed class SpectralEstimateTests
{
    [Fact]
    public void Compute_OfAGeneralProblem_FindsTheLeadingTriplets()
    {
        SensingProblem<double> problem = Planted(30, 20, MatrixStructure.General);
        Matrix<double> image = Image(problem);
        using SpectralEstimate<double> estimate = new(problem, 3, seed: 1);
        estimate.Compute(problem.Measurements.Span);
        double[] expected = [.. image.Svd().S];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], estimate.Values[i], 1e-9 * expected[0]);
            Vector<double> v = Vector<double>.Build.Dense(estimate.Right.Row(i).ToArray());
            Vector<double> u = Vector<double>.Build.Dense(estimate.Left.Row(i).ToArray());
            Assert.True(((image * v) - (expected[i] * u)).L2Norm() <= 1e-9 * expected[0]);
        }

        Assert.Equal(estimate.Values[0], estimate.Sigma1);
    }

    [Fact]
    public void Compute_OfASymmetricProblem_FindsTheLeadingEigenpairs()
    {
        SensingProblem<double> problem = Planted(25, 25, MatrixStructure.Symmetric);
        Matrix<double> image = Image(problem);
        image = (image + image.Transpose()) / 2;
        using SpectralEstimate<double> estimate = new(problem, 3, seed: 1);
        estimate.Compute(problem.Measurements.Span);
        double[] expected = [.. image.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], estimate.Values[i], 1e-9 * expected[0]);
            Vector<double> v = Vector<double>.Build.Dense(estimate.Left.Row(i).ToArray());
            Assert.True(((image * v) - (expected[i] * v)).L2Norm() <= 1e-9 * expected[0]);
        }
    }

    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void AdjointImage_NotStored_GivesTheSameProducts(MatrixStructure structure)
    {
        SensingProblem<double> problem = Planted(12, structure == MatrixStructure.General ? 9 : 12, structure);
        using AdjointImage<double> stored = new(problem, 4);
        using AdjointImage<double> products = new(problem, 4, largestStored: 0);
        stored.Update(problem.Measurements.Span);
        products.Update(problem.Measurements.Span);
        int columns = problem.Operator.Columns;
        double[] right = SolverSetUps.Normals<double>(4 * columns, 1);
        double[] left = SolverSetUps.Normals<double>(4 * 12, 2);
        double[] expected = new double[4 * 12];
        double[] actual = new double[4 * 12];
        stored.Multiply(new MatrixSpan<double>(right, 4, columns), new MatrixSpan<double>(expected, 4, 12));
        products.Multiply(new MatrixSpan<double>(right, 4, columns), new MatrixSpan<double>(actual, 4, 12));
        SolverSetUps.AssertClose(expected, actual, 1e-13);
        expected = new double[4 * columns];
        actual = new double[4 * columns];
        stored.MultiplyTransposed(new MatrixSpan<double>(left, 4, 12), new MatrixSpan<double>(expected, 4, columns));
        products.MultiplyTransposed(new MatrixSpan<double>(left, 4, 12), new MatrixSpan<double>(actual, 4, columns));
        SolverSetUps.AssertClose(expected, actual, 1e-13);
    }

    [Fact]
    public void RandomStart_OfAMethod_HasEntriesOfTheStatedVariance()
    {
        PlantedProblem<double> planted = SolverSetUps.Population(60, new PlantedOptions { Rank = 2, Structure = MatrixStructure.Symmetric });
        using SymmetricGradientDescent<double> method = new(planted.Problem, new MethodOptions { Width = 60, InitialScale = 0.5 });
        Solver.Run(method, new StopAfterIterations(0));

        // sigma1 = 1 and n = 60: variance 0.25 / 60. The mean of 3,600 squares of normals is off by sqrt(2 / 3600) = 2.4 %, 4 times that is allowed.
        double variance = method.Current.Left.Elements().Average(x => x * x);
        Assert.InRange(variance * 60 / 0.25, 0.906, 1.094);
    }

    [Fact]
    public void SpectralStart_OnAllElements_IsTheTruth()
    {
        PlantedProblem<double> planted = SolverSetUps.Population(20, new PlantedOptions { Rank = 3, ConditionNumber = 4 });
        using ScaledGradientDescent<double> method = new(planted.Problem.WithRank(3));
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(0));
        Assert.True(MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth) <= 1e-13);
    }

    private static SensingProblem<double> Planted(int rows, int columns, MatrixStructure structure) =>
        SolverSetUps.Gaussian<double>(rows, columns, 1500, new PlantedOptions { Rank = 3, ConditionNumber = 3, Structure = structure }).Problem;

    private static Matrix<double> Image(SensingProblem<double> problem)
    {
        IMeasurementOperator<double> op = problem.Operator;
        double[] image = new double[op.Rows * op.Columns];
        op.Adjoint(problem.Measurements.Span, new MatrixSpan<double>(image, op.Rows, op.Columns), new double[op.ScratchLength(1)]);
        double scale = op.ScaleFor(problem.Structure);
        return Matrix<double>.Build.DenseOfRowMajor(op.Rows, op.Columns, image) / (scale * scale);
    }
}
