using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Draws of entries: distinct, inside, in order, evenly spread, and the same for a seed.</summary>
public sealed class EntrySamplesTests
{
    [Theory]
    [InlineData(7, 5, 35, MatrixStructure.General)]
    [InlineData(7, 5, 12, MatrixStructure.General)]
    [InlineData(1, 1, 1, MatrixStructure.General)]
    [InlineData(3, 4, 0, MatrixStructure.General)]
    [InlineData(6, 6, 21, MatrixStructure.Symmetric)]
    [InlineData(6, 6, 9, MatrixStructure.Symmetric)]
    [InlineData(100_000, 100_000, 1000, MatrixStructure.General)]
    public void Uniform_Entries_AreDistinctInsideAndOrdered(int rows, int columns, int count, MatrixStructure structure)
    {
        EntrySamples samples = EntrySamples.Uniform(rows, columns, count, structure, seed: 5);
        Assert.Equal(count, samples.Rows.Length);
        Assert.Equal(count, samples.Columns.Length);
        long last = -1;
        for (int i = 0; i < count; i++)
        {
            Assert.InRange(samples.Rows[i], 0, rows - 1);
            Assert.InRange(samples.Columns[i], structure == MatrixStructure.Symmetric ? samples.Rows[i] : 0, columns - 1);
            long place = ((long)samples.Rows[i] * columns) + samples.Columns[i];
            Assert.True(place > last);
            last = place;
        }
    }

    [Fact]
    public void Uniform_EveryPlace_IsDrawnEquallyOften()
    {
        const int Seeds = 6000;
        int[] hits = new int[12];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            EntrySamples samples = EntrySamples.Uniform(3, 4, 5, MatrixStructure.General, seed);
            for (int i = 0; i < 5; i++)
            {
                hits[(samples.Rows[i] * 4) + samples.Columns[i]]++;
            }
        }

        // Binomial with p = 5/12: six standard deviations for fixed seeds.
        double expected = Seeds * 5.0 / 12;
        double allowed = 6 * Math.Sqrt(expected * 7 / 12);
        Assert.All(hits, count => Assert.InRange(count, expected - allowed, expected + allowed));
    }

    [Fact]
    public void Uniform_Seed_DecidesTheDraw()
    {
        static int[] Draw(ulong seed) => EntrySamples.Uniform(50, 50, 100, MatrixStructure.General, seed).Columns.ToArray();
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void Uniform_MoreThanThereAre_IsRefusedWithTheNumbers()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => EntrySamples.Uniform(3, 4, 13, MatrixStructure.General, 0));
        Assert.Contains("13 distinct entries", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3 x 4 matrix has 12", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EntrySamples.Uniform(3, 4, 1, MatrixStructure.Symmetric, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntrySamples.Uniform(0, 4, 0, MatrixStructure.General, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntrySamples.Uniform(3, 4, -1, MatrixStructure.General, 0));
    }
}
