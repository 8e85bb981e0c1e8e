using FastSensing.Cli.Inspection;

namespace FastSensing.Cli.Benchmarking;

/// <summary>
/// Which of several equal sets of operands the next call is given. Warm operands are one set. Cold ones are so many that
/// a set is out of the first and the second level when its turn comes again, in an order that no prefetcher guesses;
/// nothing is evicted, so there is nothing to take off the time.
/// </summary>
internal sealed class OperandSets
{
    private const int TimesSecondLevel = 2;
    private const long UsualSecondLevel = 1 << 20;

    private static readonly long SecondLevel =
        ProcessorCaches.Find().Where(cache => cache.Level == 2).Select(cache => cache.Bytes).FirstOrDefault(UsualSecondLevel);

    private readonly int[] _order;
    private int _position;

    /// <summary>For operands of a size.</summary>
    /// <param name="state">Warm or cold.</param>
    /// <param name="bytes">Bytes of one set; more than half of the second level are too many to be a small shape, and stay one set.</param>
    public OperandSets(CacheState state, long bytes)
    {
        bool several = state == CacheState.Cold && bytes <= SecondLevel / 2;
        _order = [.. Enumerable.Range(0, several ? (int)((TimesSecondLevel * SecondLevel / bytes) + 1) : 1)];
        new Random(1).Shuffle(_order);
    }

    /// <summary>How many sets there are.</summary>
    public int Count => _order.Length;

    /// <summary>The set of the next calls.</summary>
    /// <param name="left">Calls left to make, of which those that the set is for are taken off.</param>
    /// <param name="calls">How many it is for: all of a single set, else one.</param>
    public int Take(ref int left, out int calls)
    {
        calls = _order.Length == 1 ? left : 1;
        left -= calls;
        _position = _position + 1 < _order.Length ? _position + 1 : 0;
        return _order[_position];
    }
}
