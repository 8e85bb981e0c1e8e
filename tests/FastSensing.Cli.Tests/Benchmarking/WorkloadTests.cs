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
    public void Tile_EveryOneOfTheFamily_IsTheProductOfItsOperands()
    {
        List<string> shapes = [];
        foreach (Func<Workload<float>> make in TileWorkload<float>.Family(new WorkloadSize(BenchShape.Square, 40, 0)))
        {
            using TileWorkload<float> tile = (TileWorkload<float>)make();
            shapes.Add(tile.Shape);
            tile.Run(Blas, 2);
            float[] expected = new float[tile.Product.Rows * tile.Product.Columns];
            MatrixSpan<float> product = new(expected, tile.Product.Rows, tile.Product.Columns);
            new NaiveBlas<float>().Gemm(1, tile.Left, tile.Right, 0, product);
            for (int i = 0; i < expected.Length; i++)
            {
                // Two sums of 40 products of numbers below 5: 2 * 40 * 25 * 40 * 2^-24 < 5e-3.
                Assert.Equal(expected[i], tile.Output[i], 5e-3f);
            }
        }

        Assert.Equal(shapes.Distinct(), shapes);
    }

    /// <summary>The first is the main tile; 1 x 1 register has one sum in flight where eight fill the pipes.</summary>
    [Fact]
    public void GoalPercent_OfTiles_IsThatOfTheirLoadsAndSums()
    {
        Workload<double>[] tiles = [.. TileWorkload<double>.Family(new WorkloadSize(BenchShape.Square, 8, 0)).Select(make => make())];
        Assert.Equal(FastSensing.Kernels.Simd.Isa.Name == "Simd512" ? 92.0 : 90.0, tiles[0].GoalPercent);
        Assert.Contains(tiles, tile => tile.GoalPercent is double goal && Math.Abs(goal - (90.0 / 8)) < 1e-12);
        Assert.All(tiles, tile =>
        {
            Assert.InRange(tile.GoalPercent!.Value, 0.1, 92);
            tile.Dispose();
        });
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
