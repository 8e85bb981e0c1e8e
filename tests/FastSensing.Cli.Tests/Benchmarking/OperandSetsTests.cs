using FastSensing.Cli.Benchmarking;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>Which operands a call gets.</summary>
public sealed class OperandSetsTests
{
    [Theory]
    [InlineData("Warm", 100)]
    [InlineData("Cold", 1L << 32)]
    public void Take_OneSet_GivesItAllCallsAtOnce(string state, long bytes)
    {
        OperandSets sets = new(Enum.Parse<CacheState>(state), bytes);
        Assert.Equal(1, sets.Count);
        int left = 1000;
        Assert.Equal(0, sets.Take(ref left, out int calls));
        Assert.Equal((0, 1000), (left, calls));
    }

    /// <summary>Every set has its turn before one has its second, so all that fill the second level twice lie between two of one set.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(30_000)]
    public void Take_ColdSets_GivesEachOneCallInAFixedRoundThatIsNotAscending(long bytes)
    {
        OperandSets sets = new(CacheState.Cold, bytes);
        Assert.True(sets.Count * bytes >= 2 << 17, "less than twice the smallest second level there is");
        int left = 2 * sets.Count;
        int[] order = [.. Enumerable.Range(0, 2 * sets.Count).Select(_ => sets.Take(ref left, out int calls) + (calls == 1 ? 0 : int.MinValue))];
        Assert.Equal(0, left);
        Assert.Equal(Enumerable.Range(0, sets.Count), order[..sets.Count].Order());
        Assert.Equal(order[..sets.Count], order[sets.Count..]);
        Assert.NotEqual(order[..sets.Count].Order(), order[..sets.Count]);
    }
}
