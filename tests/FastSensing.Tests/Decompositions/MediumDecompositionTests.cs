using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Tests.Solvers;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FastSensing.Tests.Decompositions;

/// <summary>
/// The decompositions of medium size against MathNet's. Both sides are backward stable: eigenvalues and singular values
/// are off by some n eps of the norm, which 1e-14 n covers fifty times.
/// </summary>
public sealed class MediumDecompositionTests
{
    private const double Rounding = 1e-14;

    public static TheoryData<int> Sizes => [1, 2, 3, 8, 31, 100];

    /// <summary>Both orientations, thin and square.</summary>
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 6, 1 }, { 1, 6 }, { 12, 12 }, { 30, 25 }, { 25, 30 }, { 70, 40 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Evd_OfARandomMatrix_ReconstructsAndAgreesWithTheOracle(int size) => AssertEvd(Symmetric(size, 3));

    /// <summary>Graded by 16 orders of magnitude, of low rank with a bundle of equal values, diagonal, and zero.</summary>
    [Fact]
    public void Evd_OfSpecialMatrices_ReconstructsAndAgreesWithTheOracle()
    {
        Matrix<double> basis = Symmetric(20, 4).Evd(Symmetricity.Symmetric).EigenVectors;
        AssertEvd(basis * Diagonal(20, i => Math.Pow(10, -i)) * basis.Transpose());
        AssertEvd(basis * Diagonal(20, i => i < 5 ? 1 : 0) * basis.Transpose());
        AssertEvd(Diagonal(20, i => i % 7 == 0 ? -3 : i));
        AssertEvd(Matrix<double>.Build.Dense(20, 20), new double[20]);

        // The oracle does not bear such units itself.
        AssertEvd(1e200 * Symmetric(9, 5), [.. Eigenvalues(Symmetric(9, 5)).Select(value => 1e200 * value)]);
        AssertEvd(1e-200 * Symmetric(9, 5), [.. Eigenvalues(Symmetric(9, 5)).Select(value => 1e-200 * value)]);
    }

    [Fact]
    public void Evd_OfScaledMatrices_GivesTheSameBits()
    {
        double[] plain = Evd(Symmetric(9, 6)).Vectors;
        double[] scaled = Evd(Math.ScaleB(1, -700) * Symmetric(9, 6)).Vectors;
        SolverSetUps.AssertSameBits(plain, scaled);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Svd_OfARandomMatrix_ReconstructsAndAgreesWithTheOracle(int rows, int columns) =>
        AssertSvd(Matrix<double>.Build.Dense(rows, columns, SolverSetUps.Normals<double>(rows * columns, 1)), 0);

    [Fact]
    public void Svd_OfAMatrixOfLowRank_LeavesOutTheRest()
    {
        Matrix<double> left = Matrix<double>.Build.Dense(30, 3, SolverSetUps.Normals<double>(90, 2));
        Matrix<double> right = Matrix<double>.Build.Dense(3, 25, SolverSetUps.Normals<double>(75, 3));
        Matrix<double> product = left * right;
        Assert.Equal(3, AssertSvd(product, 1e-10 * product.L2Norm()));
        Assert.Equal(0, AssertSvd(product, 2 * product.L2Norm()));
    }

    /// <summary>Squares of the small values are below rounding in the Gram matrix; the rotations bring them back.</summary>
    [Fact]
    public void Svd_OfAGradedMatrix_KeepsValuesBelowTheRootOfThePrecision()
    {
        Matrix<double> graded = Matrix<double>.Build.Dense(20, 4, SolverSetUps.Normals<double>(80, 2)).QR().Q.SubMatrix(0, 20, 0, 4)
            * Matrix<double>.Build.DenseOfDiagonalArray([1, 1e-4, 1e-9, 1e-12]);
        using DenseSvd<double> svd = new(new ManagedBlas<double>(), 20, 4);
        svd.Decompose(new ReadOnlyMatrixSpan<double>(graded.ToRowMajorArray(), 20, 4), 0);
        Assert.Equal(4, svd.Count);
        for (int i = 0; i < 4; i++)
        {
            double expected = new[] { 1, 1e-4, 1e-9, 1e-12 }[i];
            Assert.True(Math.Abs(svd.Values[i] - expected) <= 1e-15, $"value {i}: {svd.Values[i]}, not {expected}");
        }
    }

    /// <summary>The error of a value is the square of that of its vector, which falls by (sigma_16 / sigma_3)^2 a round.</summary>
    [Theory]
    [InlineData(40, 30)]
    [InlineData(30, 40)]
    public void SubspaceIteration_FromNothing_FindsTheLeadingTriplets(int rows, int columns)
    {
        Matrix<double> a = Decaying(rows, columns, 0.5);
        using SubspaceIteration<double> svd = new(new ManagedBlas<double>(), rows, columns, 3);
        svd.Start.Fill(0);
        svd.Decompose(new ReadOnlyMatrixSpan<double>(a.ToRowMajorArray(), rows, columns), Spare(svd.Block, columns).AsMatrix(svd.Block), 8);

        // (0.5^(12 - 3 + 1))^(2 * 8) is far below rounding.
        AssertTriplets(a, svd);
    }

    [Fact]
    public void SubspaceIteration_FromNearVectors_NeedsOneRound()
    {
        Matrix<double> a = Decaying(40, 30, 0.5);
        var exact = a.Svd();
        using SubspaceIteration<double> svd = new(new ManagedBlas<double>(), 40, 30, 3);
        svd.Start.Fill(0);
        for (int i = 0; i < 3; i++)
        {
            exact.VT.Row(i).ToArray().CopyTo(svd.Start.Row(i));
        }

        // The third starting row depends on the first two: a spare one takes its place, and finds the third triplet.
        exact.VT.Row(1).Multiply(-2).ToArray().CopyTo(svd.Start.Row(3));
        svd.Decompose(new ReadOnlyMatrixSpan<double>(a.ToRowMajorArray(), 40, 30), Spare(svd.Block, 30).AsMatrix(svd.Block), 1);
        AssertTriplets(a, svd);
    }

    [Fact]
    public void Decompositions_AfterConstruction_AllocateNothing()
    {
        double[] matrix = Symmetric(12, 1).ToRowMajorArray();
        double[] spare = Spare(11, 12);
        using DenseSvd<double> dense = new(new ManagedBlas<double>(), 12, 12);
        using SubspaceIteration<double> truncated = new(new ManagedBlas<double>(), 12, 12, 3);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            dense.Decompose(matrix.AsMatrix(12), 0);
            truncated.Start.Fill(0);
            truncated.Decompose(matrix.AsMatrix(12), spare.AsMatrix(11), 2);
        }));
    }

    private static double[] Eigenvalues(Matrix<double> a) =>
        [.. a.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending()];

    private static void AssertEvd(Matrix<double> a, double[]? eigenvalues = null)
    {
        int size = a.RowCount;
        (double[] values, double[] vectors) = Evd(a);
        double[] expected = eigenvalues ?? Eigenvalues(a);
        double bound = Rounding * size * expected.Max(Math.Abs);
        Assert.All(expected.Zip(values), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= bound, $"{pair.Second}, not {pair.First}"));
        Matrix<double> z = Matrix<double>.Build.DenseOfRowMajor(size, size, vectors);
        Assert.True((z.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray(values)) * z - a).Enumerate().Max(Math.Abs) <= bound);
        Assert.True((z.TransposeAndMultiply(z) - Matrix<double>.Build.DenseIdentity(size)).L2Norm() <= Rounding * size);
    }

    private static (double[] Values, double[] Vectors) Evd(Matrix<double> a)
    {
        int size = a.RowCount;
        double[] values = new double[size];
        double[] vectors = new double[size * size];
        SymmetricEvd.Decompose(
            new MatrixSpan<double>(a.ToRowMajorArray(), size, size), values, new double[2 * size], new MatrixSpan<double>(vectors, size, size));
        return (values, vectors);
    }

    private static int AssertSvd(Matrix<double> a, double cut)
    {
        using DenseSvd<double> svd = new(new ManagedBlas<double>(), a.RowCount, a.ColumnCount);
        svd.Decompose(new ReadOnlyMatrixSpan<double>(a.ToRowMajorArray(), a.RowCount, a.ColumnCount), cut);
        double[] expected = [.. a.Svd().S.Where(value => value > cut)];
        double bound = Rounding * (a.RowCount + a.ColumnCount) * a.L2Norm();
        Assert.Equal(expected.Length, svd.Count);
        Assert.All(expected.Zip(svd.Values.ToArray()), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= bound));
        if (svd.Count > 0)
        {
            Matrix<double> u = AsMathNet(svd.Left);
            Matrix<double> v = AsMathNet(svd.Right);
            Matrix<double> back = u.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray(svd.Values.ToArray())) * v;
            double rest = a.Svd().S.Where(value => value <= cut).Append(0).Max();
            Assert.True((back - a).L2Norm() <= rest + bound);
            Assert.True((v.TransposeAndMultiply(v) - Matrix<double>.Build.DenseIdentity(svd.Count)).L2Norm() <= 10 * Rounding * v.ColumnCount);
            Assert.True((u.TransposeAndMultiply(u) - Matrix<double>.Build.DenseIdentity(svd.Count)).L2Norm() <= 10 * Rounding * u.ColumnCount);
        }

        return svd.Count;
    }

    private static void AssertTriplets(Matrix<double> a, SubspaceIteration<double> svd)
    {
        Matrix<double> u = AsMathNet(svd.Left);
        Matrix<double> v = AsMathNet(svd.Right);
        var oracle = a.Svd();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(Math.Abs(svd.Values[i] - oracle.S[i]) <= 70 * Rounding);
        }

        // Vectors belong to gaps of 0.25 and more.
        Matrix<double> best = oracle.U.SubMatrix(0, a.RowCount, 0, 3) * Diagonal(3, i => oracle.S[i]) * oracle.VT.SubMatrix(0, 3, 0, a.ColumnCount);
        Matrix<double> found = u.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalArray(svd.Values.ToArray())) * v;
        Assert.True((found - best).L2Norm() <= 4 * 70 * Rounding, $"{(found - best).L2Norm()}");
    }

    private static Matrix<double> AsMathNet(ReadOnlyMatrixSpan<double> matrix) =>
        Matrix<double>.Build.DenseOfRowMajor(matrix.Rows, matrix.Columns, matrix.Elements());

    private static Matrix<double> Decaying(int rows, int columns, double ratio)
    {
        int small = Math.Min(rows, columns);
        Matrix<double> u = Matrix<double>.Build.Dense(rows, small, SolverSetUps.Normals<double>(rows * small, 7)).QR(QRMethod.Thin).Q;
        Matrix<double> v = Matrix<double>.Build.Dense(columns, small, SolverSetUps.Normals<double>(columns * small, 8)).QR(QRMethod.Thin).Q;
        return u * Diagonal(small, i => Math.Pow(ratio, i)) * v.Transpose();
    }

    private static double[] Spare(int rows, int columns) => SolverSetUps.Normals<double>(rows * columns, 9);

    private static Matrix<double> Diagonal(int size, Func<int, double> value) => Matrix<double>.Build.DenseDiagonal(size, size, value);

    private static Matrix<double> Symmetric(int size, ulong seed)
    {
        Matrix<double> a = Matrix<double>.Build.Dense(size, size, SolverSetUps.Normals<double>(size * size, seed));
        return a + a.Transpose();
    }
}
