using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Tests.Operators;

/// <summary>Sizes whose products leave 32 bits are refused by an ArgumentException that names the shape, never by a wrapped number.</summary>
public class HugeShapeTests
{
    private static readonly ManagedBlas<double> s_blas = new();

    [Fact]
    public void EntrySampling_MoreRowsThanAnArrayHolds_IsRefused() =>
        Refused("2147483647 x 3", () => new EntrySamplingOperator<double>(s_blas, int.MaxValue, 3, [0], [0]));

    [Fact]
    public void ScratchLength_OfFactorsBeyondASpan_IsRefused() =>
        Refused("1000000000 x 8", () => new EntrySamplingOperator<double>(s_blas, 3, 1_000_000_000, [0], [0]).ScratchLength(1));

    [Fact]
    public void ScratchLength_OfPiecesBeyondASpanTogether_IsRefused() =>
        Refused("3 x 150000000", () => new EntrySamplingOperator<double>(s_blas, 3, 150_000_000, [0], [0]).ScratchLength(1));

    [Theory]
    [InlineData(50_000)]
    [InlineData(65_536)]
    public void Create_APlantedMatrixBeyondAnArray_IsRefused(int size) => Refused(
        $"{size} x {size}",
        () => PlantedProblem<double>.Create(new EntrySamplingOperator<double>(s_blas, size, size, [0], [0]), new() { Rank = 1 }));

    [Fact]
    public void Method_AWidthBeyondASpan_IsRefused()
    {
        SensingProblem<double> problem = new(new EntrySamplingOperator<double>(s_blas, 40, 30, [0], [0]), new double[1]);
        Refused("100000000", () => new FactorizedGradientDescent<double>(problem, new MethodOptions { Width = 100_000_000 }).Dispose());
    }

    private static void Refused(string part, Func<object> call) => Refused(part, () => { _ = call(); });

    private static void Refused(string part, Action call) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
