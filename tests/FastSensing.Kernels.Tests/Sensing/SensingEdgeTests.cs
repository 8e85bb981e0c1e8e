using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>What the span edges of the sensing kernels refuse, before anything is written.</summary>
public class SensingEdgeTests
{
    private const int Rows = 3;
    private const int Length = 5;

    [Theory]
    [InlineData(Length + 1, Rows, Rows, Length)]
    [InlineData(Length, Rows - 1, Rows, Length)]
    [InlineData(Length, Rows, Rows + 1, Length)]
    [InlineData(Length, Rows, Rows, Length - 1)]
    public void ResidualAdjoint_WrongLength_IsRefused(int x, int y, int residual, int g)
    {
        using AlignedBuffer<double> storage = new(Rows * Length);
        double[] written = Filled(residual);
        double[] alsoWritten = Filled(g);
        Assert.Throws<ArgumentException>(() =>
            DenseSensing.ResidualAdjoint(new(storage, Length, Length, Rows), new double[x], new double[y], written, alsoWritten));
        Assert.All(written.Concat(alsoWritten), v => Assert.Equal(1, v));
    }

    [Fact]
    public void Outputs_OverlappingInputs_AreRefused()
    {
        using AlignedBuffer<double> storage = new(Rows * Length);
        double[] shared = Filled(Length + 1);
        double[] other = Filled(Rows);
        double[] third = Filled(Rows);
        Assert.Throws<ArgumentException>(() => DenseSensing.Forward<double>(All(storage), shared.AsSpan(0, Length), shared.AsSpan(3, Rows)));
        Assert.Throws<ArgumentException>(() => DenseSensing.Adjoint<double>(All(storage), shared.AsSpan(0, Rows), shared.AsSpan(1, Length)));
        Assert.Throws<ArgumentException>(() =>
            DenseSensing.ResidualAdjoint<double>(All(storage), shared.AsSpan(0, Length), other, third, shared.AsSpan(1, Length)));
        Assert.Throws<ArgumentException>(() => DenseSensing.ResidualAdjoint(All(storage), new double[Length], other, other, new double[Length]));
        Assert.All(shared.Concat(other).Concat(third), v => Assert.Equal(1, v));
    }

    [Fact]
    public void MeasurementRows_MoreThanTheBufferHolds_AreRefused()
    {
        using AlignedBuffer<double> storage = new(Rows * Length);
        Assert.Throws<ArgumentException>(() => All(storage, Rows + 1).Count);
        Assert.Throws<ArgumentException>(() => new MeasurementRows<double>(storage, Length - 1, Length, Rows).Count);
        Assert.Throws<ArgumentException>(() => new MeasurementRows<double>(storage, Length, Length, Rows, [0, Rows]).Count);
        Assert.Throws<ArgumentException>(() => new MeasurementRows<double>(storage, Length, Length, Rows, [-1]).Count);
        Assert.Equal(Rows, All(storage).Count);
    }

    [Fact]
    public void Products_AfterTheBufferIsDisposed_Throw()
    {
        AlignedBuffer<double> storage = new(Rows * Length);
        storage.Dispose();
        Assert.Throws<ObjectDisposedException>(() => DenseSensing.Forward(All(storage), new double[Length], new double[Rows]));
    }

    [Theory]
    [InlineData(7, 14, 21, 2, 14, 21)]
    [InlineData(8, 15, 24, 2, 16, 24)]
    [InlineData(8, 16, 24, 3, 16, 24)]
    [InlineData(8, 16, 24, 2, 17, 24)]
    [InlineData(8, 16, 24, 2, 16, 25)]
    public void EntryProducts_WrongSizes_AreRefused(int width, int left, int right, int measurements, int productLeft, int productRight)
    {
        SampledEntries entries = new(2, 3, [0, 1], [2, 1]);
        double[] output = Filled(measurements);
        Assert.Throws<ArgumentException>(() => EntrySensing.ResidualAdjoint<double>(new()
        {
            Entries = entries,
            Width = width,
            Left = new double[left],
            Right = new double[right],
            Input = new double[measurements],
            Output = output,
            ProductLeft = new double[productLeft],
            ProductRight = new double[productRight],
        }));
        Assert.All(output, v => Assert.Equal(1, v));
    }

    [Fact]
    public void EntryProducts_OverlappingOutputs_AreRefused()
    {
        SampledEntries entries = new(2, 3, [0, 1], [2, 1]);
        double[] shared = Filled(40);
        Assert.Throws<ArgumentException>(() => EntrySensing.Adjoint<double>(new()
        {
            Entries = entries,
            Width = 8,
            Left = new double[16],
            Right = new double[24],
            Input = new double[2],
            ProductLeft = shared.AsSpan(0, 16),
            ProductRight = shared.AsSpan(8, 24),
        }));
        Assert.Throws<ArgumentException>(() => EntrySensing.Forward<double>(new()
        {
            Entries = entries,
            Width = 8,
            Left = shared.AsSpan(0, 16),
            Right = new double[24],
            Output = shared.AsSpan(15, 2),
        }));
        Assert.All(shared, v => Assert.Equal(1, v));
    }

    private static MeasurementRows<double> All(AlignedBuffer<double> storage, int rows = Rows) => new(storage, Length, Length, rows);

    private static double[] Filled(int length)
    {
        double[] values = new double[length];
        Array.Fill(values, 1);
        return values;
    }
}
