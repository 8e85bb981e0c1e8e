using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;
using FastSensing.Tests.Solvers;
using MathNet.Numerics.LinearAlgebra;

namespace FastSensing.Tests.Decompositions;

/// <summary>The small decompositions against MathNet's.</summary>
public sealed class JacobiTests
{
    /// <summary>n x k; more columns than rows included.</summary>
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 5, 1 }, { 5, 5 }, { 40, 7 }, { 3, 6 }, { 64, 30 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Svd_OfAnyShape_ReconstructsAndAgreesWithTheOracle(int rows, int columns)
    {
        Matrix<double> a = Matrix<double>.Build.Dense(rows, columns, SolverSetUps.Normals<double>(rows * columns, 1));
        (double[] u, double[] values, double[] z) = Svd(a);
        double[] expected = [.. a.Svd().S];
        for (int i = 0; i < columns; i++)
        {
            double wanted = i < expected.Length ? expected[i] : 0;
            Assert.True(Math.Abs(values[i] - wanted) <= 1e-13 * expected[0], $"value {i}: {values[i]}, not {wanted}");
        }

        Matrix<double> left = Matrix<double>.Build.DenseOfRowMajor(columns, rows, u);
        Matrix<double> right = Matrix<double>.Build.DenseOfRowMajor(columns, columns, z);
        Matrix<double> back = left.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray(values)) * right;
        Assert.True((back - a).FrobeniusNorm() <= 1e-13 * a.FrobeniusNorm());
        Assert.True((right.TransposeAndMultiply(right) - Matrix<double>.Build.DenseIdentity(columns)).FrobeniusNorm() <= 1e-13 * columns);
    }

    [Fact]
    public void Svd_OfAGradedMatrix_KeepsTheSmallValuesToRelativeAccuracy()
    {
        Matrix<double> graded = Matrix<double>.Build.Dense(20, 4, SolverSetUps.Normals<double>(80, 2)).QR().Q.SubMatrix(0, 20, 0, 4)
            * Matrix<double>.Build.DenseOfDiagonalArray([1, 1e-5, 1e-10, 1e-14]);
        (_, double[] values, _) = Svd(graded);
        for (int i = 0; i < 4; i++)
        {
            Assert.InRange(values[i] / Math.Pow(10, new[] { 0, -5, -10, -14 }[i]), 1 - 1e-12, 1 + 1e-12);
        }
    }

    [Fact]
    public void Svd_OfZero_IsZero()
    {
        (_, double[] values, _) = Svd(Matrix<double>.Build.Dense(4, 3));
        Assert.Equal([0.0, 0.0, 0.0], values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void Evd_OfAnySize_ReconstructsAndAgreesWithTheOracle(int size)
    {
        Matrix<double> a = Matrix<double>.Build.Dense(size, size, SolverSetUps.Normals<double>(size * size, 3));
        a = a + a.Transpose();
        double[] values = new double[size];
        double[] vectors = new double[size * size];
        JacobiEvd.Decompose(
            new MatrixSpan<double>(a.ToRowMajorArray(), size, size), values, new MatrixSpan<double>(vectors, size, size));
        double[] expected = [.. a.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];
        SolverSetUps.AssertClose(expected, values, 1e-13 * size);
        Matrix<double> z = Matrix<double>.Build.DenseOfRowMajor(size, size, vectors);
        Assert.True((z.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray(values)) * z - a).FrobeniusNorm() <= 1e-13 * size * a.FrobeniusNorm());
    }

    [Fact]
    public void Orthonormalize_OfDependentRows_ZeroesThem()
    {
        double[] rows = [1, 2, 3, 2, 4, 6, 0, 0, 0, 1, 0, 0];
        RowOperations.Orthonormalize(new MatrixSpan<double>(rows, 4, 3));
        Assert.All(rows[3..9], value => Assert.Equal(0.0, value));
        Assert.Equal(1, rows[9..].Sum(x => x * x), 1e-14);
        Assert.Equal(0, (rows[0] * rows[9]) + (rows[1] * rows[10]) + (rows[2] * rows[11]), 1e-15);
    }

    private static (double[] U, double[] Values, double[] Z) Svd(Matrix<double> a)
    {
        double[] columns = a.ToColumnMajorArray();
        double[] values = new double[a.ColumnCount];
        double[] z = new double[a.ColumnCount * a.ColumnCount];
        JacobiSvd.Decompose(
            new MatrixSpan<double>(columns, a.ColumnCount, a.RowCount), values, new MatrixSpan<double>(z, a.ColumnCount, a.ColumnCount));
        return (columns, values, z);
    }
}
