using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Workloads;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>What is timed does the work it is named after, however often it is repeated.</summary>
public sealed class WorkloadTests
{
    private static readonly ManagedBlas<float> Blas = new();

    [Fact]
    public void Tile_Run_IsTheProductOfItsOperands()
    {
        using TileWorkload<float> tile = new(new WorkloadSize(BenchShape.Square, 40, 0));
        tile.Run(Blas, 2);
        float[] expected = new float[tile.Product.Rows * tile.Product.Columns];
        MatrixSpan<float> product = new(expected, tile.Product.Rows, tile.Product.Columns);
        new NaiveBlas<float>().Gemm(1, tile.Left, tile.Right, 0, product);
        for (int i = 0; i < product.Rows; i++)
        {
            for (int j = 0; j < product.Columns; j++)
            {
                // Two sums of 40 products of numbers below 5: 2 * 40 * 25 * 40 * 2^-24 < 5e-3.
                Assert.Equal(product[i, j], tile.Product[i, j], 5e-3f);
            }
        }
    }

    /// <summary>A copy of A is factored by every call: after many calls L L^T is A still, within a few units of its rounding.</summary>
    [Fact]
    public void Potrf_RunManyTimes_LeavesTheFactorOfA()
    {
        using PotrfWorkload<float> potrf = new(new WorkloadSize(BenchShape.Square, 12, 0));
        potrf.Run(Blas, 1);
        float[] first = potrf.Output[132..].ToArray();
        potrf.Run(Blas, 100);
        Assert.Equal(first, potrf.Output[132..].ToArray());
        Assert.All(first, entry => Assert.True(float.IsFinite(entry)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public void Trsm_RunManyTimes_NeitherVanishesNorGrows(int rank)
    {
        using TrsmWorkload<float> trsm = new(new WorkloadSize(BenchShape.Nrn, 20, rank));
        trsm.Run(Blas, 20_000);
        float largest = 0;
        foreach (float entry in trsm.Output)
        {
            largest = Math.Max(largest, Math.Abs(entry));
            Assert.False(float.IsSubnormal(entry) || float.IsNaN(entry));
        }

        Assert.InRange(largest, 1e-4f, 1e4f);
    }
}
