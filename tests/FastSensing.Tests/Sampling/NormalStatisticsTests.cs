using FastSensing.Sampling;

namespace FastSensing.Tests.Sampling;

/// <summary>
/// What randomness looks like from outside. The seeds are fixed, so a test passes always or never; bounds are five
/// standard deviations of the statistic under independence, or the 0.1 % point of Kolmogorov's distance.
/// </summary>
public class NormalStatisticsTests
{
    private const int Count = 1_000_000;
    private const double Kolmogorov = 1.95;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(ulong.MaxValue)]
    public void Normals_OfASeed_HaveTheMomentsOfTheNormalLaw(ulong seed)
    {
        double[] x = Normals(new NormalGenerator(seed), 0);
        Assert.InRange(x.Sum(v => v) / Math.Sqrt(Count), -5, 5);
        Assert.InRange(x.Sum(v => (v * v) - 1) / Math.Sqrt(2.0 * Count), -5, 5);
        Assert.InRange(x.Sum(v => v * v * v) / Math.Sqrt(15.0 * Count), -5, 5);
        Assert.InRange(x.Sum(v => (v * v * v * v) - 3) / Math.Sqrt(96.0 * Count), -5, 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    public void Uniforms_OfASeed_FillTheIntervalEvenly(ulong seed)
    {
        NormalGenerator generator = new(seed);
        Assert.InRange(KolmogorovDistance([.. Enumerable.Range(0, Count).Select(i => generator.Uniform((ulong)i))]), 0, Kolmogorov);
    }

    /// <summary>The first numbers of ten thousand neighbouring seeds are a sample as well.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Uniforms_OfNeighbouringSeeds_FillTheIntervalEvenly(ulong index)
    {
        double[] u = [.. Enumerable.Range(0, 10_000).Select(seed => new NormalGenerator((ulong)seed).Uniform(index))];
        Assert.InRange(KolmogorovDistance(u), 0, Kolmogorov);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Uniforms_OfNeighbouringStreams_FillTheIntervalEvenly(ulong index)
    {
        NormalGenerator generator = new(1);
        double[] u = [.. Enumerable.Range(0, 10_000).Select(s => generator.Stream((ulong)s).Uniform(index))];
        Assert.InRange(KolmogorovDistance(u), 0, Kolmogorov);
    }

    [Fact]
    public void Normals_OfNeighbouringIndicesSeedsAndStreams_AreUncorrelated()
    {
        NormalGenerator generator = new(7);
        double[] x = Normals(generator, 0);
        AssertUncorrelated(x, Normals(generator, 1));
        AssertUncorrelated(x, Normals(generator, 2));
        AssertUncorrelated(x, Normals(generator, 4096));
        AssertUncorrelated(x, Normals(generator, 1UL << 32));
        AssertUncorrelated(x, Normals(new NormalGenerator(6), 0));
        AssertUncorrelated(x, Normals(new NormalGenerator(8), 0));
        AssertUncorrelated(x, Normals(generator.Stream(0), 0));
        AssertUncorrelated(Normals(generator.Stream(0), 0), Normals(generator.Stream(1), 0));
    }

    /// <summary>Pairs of neighbours in a 32 x 32 grid: chi-square of 1023 degrees of freedom, 1023 +- 5 sqrt(2046).</summary>
    [Fact]
    public void Uniforms_InPairs_FillTheSquareEvenly()
    {
        const int Cells = 32;
        NormalGenerator generator = new(11);
        double[] counts = new double[Cells * Cells];
        for (int i = 0; i < Count; i++)
        {
            int row = (int)(Cells * generator.Uniform(2 * (ulong)i));
            int column = (int)(Cells * generator.Uniform((2 * (ulong)i) + 1));
            counts[(row * Cells) + column]++;
        }

        double expected = Count / (double)counts.Length;
        double chiSquare = counts.Sum(c => (c - expected) * (c - expected) / expected);
        Assert.InRange(chiSquare, 1023 - (5 * Math.Sqrt(2046)), 1023 + (5 * Math.Sqrt(2046)));
    }

    /// <summary>Changing one bit of the index changes half of the output bits, each with probability 1/2.</summary>
    [Fact]
    public void Bits_OfIndicesOneBitApart_DifferInHalfTheirBits()
    {
        const int Trials = 4000;
        NormalGenerator generator = new(13);
        for (int bit = 0; bit < 64; bit++)
        {
            int[] flips = new int[64];
            for (ulong i = 0; i < Trials; i++)
            {
                ulong difference = generator.Bits(i) ^ generator.Bits(i ^ (1UL << bit));
                for (int k = 0; k < 64; k++)
                {
                    flips[k] += (int)((difference >> k) & 1);
                }
            }

            // 4096 counts in all: six standard deviations each. (The pairs of small bits are counted twice, hence the root of two.)
            double bound = 6 * Math.Sqrt(2 * Trials / 4.0);
            Assert.All(flips, f => Assert.InRange(f, (Trials / 2) - bound, (Trials / 2) + bound));
        }
    }

    private static double[] Normals(NormalGenerator generator, ulong first)
    {
        double[] x = new double[Count];
        generator.Normals<double>(first, x);
        return x;
    }

    private static double KolmogorovDistance(double[] u)
    {
        Array.Sort(u);
        double distance = 0;
        for (int i = 0; i < u.Length; i++)
        {
            distance = Math.Max(distance, Math.Max(u[i] - (i / (double)u.Length), ((i + 1) / (double)u.Length) - u[i]));
        }

        return distance * Math.Sqrt(u.Length);
    }

    private static void AssertUncorrelated(double[] x, double[] y) =>
        Assert.InRange(x.Zip(y, (p, q) => p * q).Sum() / Math.Sqrt(Count), -5, 5);
}
