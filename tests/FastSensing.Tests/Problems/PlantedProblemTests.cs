using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Problems;

/// <summary>The planted matrix has the spectrum, the factors and the noise it promises.</summary>
public class PlantedProblemTests
{
    private static readonly IdentityOperator<double> s_rectangular = new(new ManagedBlas<double>(), 14, 9);
    private static readonly IdentityOperator<double> s_square = new(new ManagedBlas<double>(), 11, 11);

    [Theory]
    [InlineData(1, 1, MatrixStructure.General)]
    [InlineData(4, 1, MatrixStructure.General)]
    [InlineData(3, 50, MatrixStructure.General)]
    [InlineData(9, 7, MatrixStructure.General)]
    [InlineData(4, 20, MatrixStructure.Symmetric)]
    [InlineData(11, 3, MatrixStructure.Symmetric)]
    public void Truth_AnyRankAndCondition_HasTheSingularValuesOfTheDefinition(int rank, double condition, MatrixStructure structure)
    {
        PlantedProblem<double> planted = Create(rank, condition, structure);
        double[] actual = [.. ToMatrix(planted.Truth).Svd(false).S];
        for (int c = 0; c < actual.Length; c++)
        {
            double expected = c >= rank ? 0 : rank == 1 ? 1 : 1 - ((1 - (1 / condition)) * c / (rank - 1));
            Assert.Equal(expected, actual[c], 1e-13);
        }
    }

    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void TruthFactors_Multiplied_AreTheTruthAndBalanced(MatrixStructure structure)
    {
        PlantedProblem<double> planted = Create(3, 10, structure);
        Matrix<double> left = ToMatrix(planted.TruthFactorLeft);
        Matrix<double> right = ToMatrix(planted.TruthFactorRight);
        Assert.True(((left * right.Transpose()) - ToMatrix(planted.Truth)).L2Norm() <= 1e-14);
        Assert.True(((left.Transpose() * left) - (right.Transpose() * right)).L2Norm() <= 1e-14);
        Assert.Equal(structure == MatrixStructure.Symmetric, left.Equals(right));
    }

    [Fact]
    public void Truth_OfASymmetricProblem_IsSymmetricToTheLastBit()
    {
        Matrix<double> truth = ToMatrix(Create(4, 20, MatrixStructure.Symmetric).Truth);
        Assert.Equal(truth, truth.Transpose());
    }

    [Fact]
    public void Measurements_WithoutNoise_AreThoseOfTheTruth()
    {
        PlantedProblem<double> planted = Create(3, 10, MatrixStructure.General);
        Assert.Equal(ToMatrix(planted.Truth).ToRowMajorArray(), planted.Problem.Measurements.ToArray());
        Assert.Equal(PlantedProblem<double>.Measure(s_rectangular, planted.Truth), planted.Problem.Measurements.ToArray());
        Assert.Null(planted.Problem.Rank);
    }

    [Fact]
    public void Measurements_WithNoise_DifferByItsStandardDeviation()
    {
        IdentityOperator<double> op = new(new ManagedBlas<double>(), 100, 100);
        PlantedOptions options = new() { Rank = 2, Seed = 4 };
        double[] clean = PlantedProblem<double>.Create(op, options).Problem.Measurements.ToArray();
        double[] noisy = PlantedProblem<double>.Create(op, options with { NoiseStandardDeviation = 0.01 }).Problem.Measurements.ToArray();
        double variance = clean.Zip(noisy, (p, q) => (p - q) * (p - q)).Average();

        // Five standard deviations of the sample variance of 10,000 normals.
        Assert.Equal(1e-4, variance, 1e-4 * 5 * Math.Sqrt(2.0 / 10_000));
    }

    [Fact]
    public void Truth_OfASeed_IsTheSameEveryTimeAndOtherForOthers()
    {
        PlantedOptions options = new() { Rank = 2, Seed = 8 };
        Matrix<double> first = ToMatrix(PlantedProblem<double>.Create(s_rectangular, options).Truth);
        Assert.Equal(first, ToMatrix(PlantedProblem<double>.Create(s_rectangular, options).Truth));
        Assert.NotEqual(first, ToMatrix(PlantedProblem<double>.Create(s_rectangular, options with { Seed = 9 }).Truth));
    }

    [Theory]
    [InlineData(0, 1, 0, "rank")]
    [InlineData(10, 1, 0, "14 x 9")]
    [InlineData(2, 0.5, 0, "0.5")]
    [InlineData(2, double.NaN, 0, "NaN")]
    [InlineData(2, 1, -1, "-1")]
    [InlineData(2, 1, double.NaN, "NaN")]
    public void Create_ImpossibleOptions_AreRefused(int rank, double condition, double noise, string part)
    {
        PlantedOptions options = new() { Rank = rank, ConditionNumber = condition, NoiseStandardDeviation = noise };
        Assert.Contains(
            part, Assert.ThrowsAny<ArgumentException>(() => PlantedProblem<double>.Create(s_rectangular, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SymmetricOnARectangularOperator_NamesTheShape() => Assert.Contains(
        "14 x 9",
        Assert.Throws<ArgumentException>(
            () => PlantedProblem<double>.Create(s_rectangular, new() { Rank = 2, Structure = MatrixStructure.Symmetric })).Message,
        StringComparison.Ordinal);

    private static PlantedProblem<double> Create(int rank, double condition, MatrixStructure structure) => PlantedProblem<double>.Create(
        structure == MatrixStructure.Symmetric ? s_square : s_rectangular,
        new() { Rank = rank, ConditionNumber = condition, Structure = structure, Seed = 3 });

    private static Matrix<double> ToMatrix(ReadOnlyMatrixSpan<double> view)
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(view.Rows, view.Columns);
        for (int i = 0; i < view.Rows; i++)
        {
            for (int j = 0; j < view.Columns; j++)
            {
                matrix[i, j] = view[i, j];
            }
        }

        return matrix;
    }
}
