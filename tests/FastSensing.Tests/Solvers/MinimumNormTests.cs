using FastSensing.Diagnostics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.LeastSquares;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Solvers;

/// <summary>What fits the measurements without regard to rank, against the pseudo-inverse of the matrix of all A_i.</summary>
public sealed class MinimumNormTests
{
    /// <summary>Fewer measurements than unknowns, about as many, more of them with noise, and units far from 1.</summary>
    [Theory]
    [InlineData(MatrixStructure.General, 20, 1.0)]
    [InlineData(MatrixStructure.General, 44, 1.0)]
    [InlineData(MatrixStructure.General, 90, 1.0)]
    [InlineData(MatrixStructure.General, 20, 1e150)]
    [InlineData(MatrixStructure.General, 20, 1e-150)]
    [InlineData(MatrixStructure.Symmetric, 10, 1.0)]
    [InlineData(MatrixStructure.Symmetric, 60, 1.0)]
    public void Solve_IsThePseudoInverseTimesTheMeasurements(MatrixStructure structure, int measurements, double unit)
    {
        (int rows, int columns) = structure == MatrixStructure.Symmetric ? (6, 6) : (8, 6);
        double[] matrices = [.. SolverSetUps.Normals<double>(measurements * rows * columns, 1).Select(value => unit * value)];
        double[] y = SolverSetUps.Normals<double>(measurements, 2);
        using DenseOperator<double> op = DenseOperator<double>.FromRows(new ManagedBlas<double>(), rows, columns, measurements, matrices);
        double[] x = MinimumNorm.Solve(new SensingProblem<double>(op, y, structure), 1e-14);

        Matrix<double> a = Matrix<double>.Build.Dense(measurements, rows * columns, (i, k) =>
        {
            double value = matrices[(i * rows * columns) + k];
            double mirrored = structure == MatrixStructure.Symmetric ? matrices[(i * rows * columns) + (k % columns * columns) + (k / columns)] : value;
            return (value + mirrored) / 2 / unit;
        });
        double[] expected = [.. a.PseudoInverse().Multiply(Vector<double>.Build.Dense(y))];
        Assert.InRange(RecoveryError.Of(x.Select(value => value * unit).ToArray().AsMatrix(rows), expected.AsMatrix(rows)), 0, 1e-9);
    }

    [Fact]
    public void Solve_FromEntries_FillsTheOthersWithZeros()
    {
        EntrySamplingOperator<double> op = new(new ManagedBlas<double>(), 2, 3, [0, 1], [2, 0]);
        double[] x = MinimumNorm.Solve(new SensingProblem<double>(op, new double[] { 5, -7 }));
        Assert.Equal([0, 0, 5, -7, 0, 0], x);
    }

    [Fact]
    public void Solve_WithoutSteps_OrCancelled_IsFinite()
    {
        PlantedProblem<double> easy = SolverSetUps.Easy<double>(MatrixStructure.General);
        Assert.All(MinimumNorm.Solve(easy.Problem, iterations: 0), value => Assert.Equal(0, value));
        Assert.All(MinimumNorm.Solve(easy.Problem, cancellation: new CancellationToken(canceled: true)), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(-1.0, 1)]
    [InlineData(1.0, 1)]
    [InlineData(0.5, -1)]
    public void Solve_WithImpossibleLimits_Refuses(double reduction, int iterations)
    {
        PlantedProblem<double> easy = SolverSetUps.Easy<double>(MatrixStructure.General);
        Assert.Throws<ArgumentOutOfRangeException>(() => MinimumNorm.Solve(easy.Problem, reduction, iterations));
    }
}
