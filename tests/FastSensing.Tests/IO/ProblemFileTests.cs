using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Testing.Files;

namespace FastSensing.Tests.IO;

/// <summary>Operators and problems from files, in any order and type, equal those made in memory.</summary>
public sealed class ProblemFileTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 24).Select(i => Math.Cos(i * i))];

    [Theory]
    [InlineData(ArrayOrder.RowMajor)]
    [InlineData(ArrayOrder.ColumnMajor)]
    public void FromNpy_EitherOrder_HoldsTheSlices(ArrayOrder order)
    {
        using TemporaryFolder folder = new();
        double[] stored = new double[24];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int k = 0; k < 2; k++)
                {
                    int place = order == ArrayOrder.RowMajor ? (((i * 3) + j) * 2) + k : i + (4 * (j + (3 * k)));
                    stored[place] = Values[(((i * 3) + j) * 2) + k];
                }
            }
        }

        NpyFile.Write<double>(folder.File("A.npy"), stored, new NpyHeader(DType.Float64, [4, 3, 2], order));
        using DenseOperator<double> op = DenseOperator<double>.FromNpy(folder.File("A.npy"));
        Assert.Equal((3, 2, 4), (op.Rows, op.Columns, op.MeasurementCount));
        double[] slice = new double[6];
        for (int i = 0; i < 4; i++)
        {
            op.CopyMeasurement(i, slice);
            Assert.Equal(Values[(6 * i)..(6 * (i + 1))], slice);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => op.CopyMeasurement(4, slice));
        Assert.Throws<ArgumentOutOfRangeException>(() => op.CopyMeasurement(-1, slice));
        ((DenseOperator<double>)op.Select([2, 0])).CopyMeasurement(0, slice);
        Assert.Equal(Values[12..18], slice);
    }

    [Fact]
    public void FromNpy_OfASymmetricOperator_HoldsTheSymmetricParts()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder.File("A.npy"), Values, new NpyHeader(DType.Float64, [6, 2, 2]));
        using SymmetricDenseOperator<double> op = SymmetricDenseOperator<double>.FromNpy(folder.File("A.npy"));
        Assert.Equal((2, 2, 6), (op.Rows, op.Columns, op.MeasurementCount));
        double[] slice = new double[4];
        for (int i = 0; i < 6; i++)
        {
            op.CopyMeasurement(i, new MatrixSpan<double>(slice, 2, 2));
            double beside = (Values[(4 * i) + 1] * 0.5) + (Values[(4 * i) + 2] * 0.5);
            Assert.Equal([Values[4 * i], beside, beside, Values[(4 * i) + 3]], slice);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => op.CopyMeasurement(6, new MatrixSpan<double>(slice, 2, 2)));
        NpyFile.Write<double>(folder.File("B.npy"), Values, new NpyHeader(DType.Float64, [4, 3, 2]));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => SymmetricDenseOperator<double>.FromNpy(folder.File("B.npy")));
        Assert.Contains("(m, n, n)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaussian_OfASymmetricOperator_IsIsometricOnAverageAndRefusesNaN()
    {
        const int Count = 4000;
        using SymmetricDenseOperator<double> op = SymmetricDenseOperator<double>.Gaussian(new ManagedBlas<double>(), 5, Count, seed: 3);

        // s^2 is the mean of m n (n + 1) / 2 squares of variance 1/m: within 5 deviations of 1.
        Assert.InRange(op.ScaleFor(MatrixStructure.Symmetric), 1 - (5 / Math.Sqrt(2.0 * Count * 15)), 1 + (5 / Math.Sqrt(2.0 * Count * 15)));
        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => SymmetricDenseOperator<double>.Fill(new ManagedBlas<double>(), 3, 2, (i, a) => a[5] = i == 1 ? double.NaN : 0));
        Assert.Contains("Entry (1, 2) of measurement matrix 1 is NaN", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromNpy_OtherShape_IsRefused()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder.File("A.npy"), Values, 4, 6);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => DenseOperator<double>.FromNpy(folder.File("A.npy")));
        Assert.Equal($"{folder.File("A.npy")}: its shape is (4, 6); (m, n1, n2) with lengths of at least 1 is needed.", refused.Message);
    }

    [Fact]
    public void Read_Single_ConvertsToTheTypeOfTheCaller()
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("p.npz")))
        {
            writer.Add<float>("A", Array.ConvertAll(Values, value => (float)value), 4, 3, 2);
            writer.Add<long>("y", [1, 2, 3, 4], 4);
            writer.Commit();
        }

        using StoredProblem<double> stored = ProblemFile.Read(folder.File("p.npz"), new ManagedBlas<double>(), MatrixStructure.General, rank: 1);
        Assert.Equal([1.0, 2.0, 3.0, 4.0], stored.Problem.Measurements.ToArray());
        Assert.Equal(1, stored.Problem.Rank);
        Assert.Null(stored.Truth);
        double[] slice = new double[6];
        ((DenseOperator<double>)stored.Problem.Operator).CopyMeasurement(3, slice);
        Assert.Equal(Array.ConvertAll(Values[18..], value => (double)(float)value), slice);
    }

    [Theory]
    [InlineData(true, true, DType.Float32)]
    [InlineData(true, false, DType.Float64)]
    [InlineData(false, true, DType.Float64)]
    public void PrecisionOf_IsSingleOnlyWhereEverythingMeasuredIs(bool singleA, bool singleY, DType expected)
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("p.npz")))
        {
            AddOnes("A", singleA, [4, 3, 2]);
            AddOnes("y", singleY, [4]);
            AddOnes("M", single: false, [3, 2]);
            writer.Commit();

            void AddOnes(string name, bool single, int[] shape)
            {
                double[] ones = [.. Enumerable.Repeat(1.0, shape.Aggregate(1, (product, length) => product * length))];
                if (single)
                {
                    writer.Add<float>(name, Array.ConvertAll(ones, value => (float)value), shape);
                }
                else
                {
                    writer.Add<double>(name, ones, shape);
                }
            }
        }

        Assert.Equal(expected, ProblemFile.PrecisionOf(folder.File("p.npz")));
    }

    [Fact]
    public void Read_DoubleBeyondSingle_IsRefusedAsInfinite()
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("p.npz")))
        {
            writer.Add<double>("A", Values, 4, 3, 2);
            writer.Add<double>("y", [1, 1e300, 3, 4], 4);
            writer.Commit();
        }

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() =>
            ProblemFile.Read(folder.File("p.npz"), new ManagedBlas<float>(), MatrixStructure.General));
        Assert.Contains("array y: element 1 is infinite", refused.Message, StringComparison.Ordinal);
    }
}
