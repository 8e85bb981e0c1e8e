using System.Text.Json.Serialization;

namespace FastSensing.Cli.Benchmarking.Gains;

/// <summary>
/// What several threads gain over one, next to what as many register-only multiply-add loops gain over one in the same
/// rounds: virtual cores sometimes share a real one, and then nobody can gain.
/// </summary>
internal sealed record ThreadGain
{
    /// <summary>Share of the threads that the loops must gain for a round to count: 1.5 of 2.</summary>
    public const double LeastLoopShare = 0.75;

    /// <summary>Median over the rounds that count of our time on one thread / our time on all.</summary>
    [JsonPropertyName("gain")]
    public required double Gain { get; init; }

    /// <summary>The same of the loops, per loop.</summary>
    [JsonPropertyName("loops")]
    public required double Loops { get; init; }

    /// <summary>Median of our gain / the loops' gain.</summary>
    [JsonPropertyName("share")]
    public required double Share { get; init; }

    /// <summary>The bootstrap's 95 % interval of <see cref="Share"/>.</summary>
    [JsonPropertyName("interval")]
    public required IReadOnlyList<double> Interval { get; init; }

    /// <summary>Rounds, of which <see cref="Dropped"/> do not count because the loops gained too little.</summary>
    [JsonPropertyName("rounds")]
    public required int Rounds { get; init; }

    [JsonPropertyName("dropped")]
    public required int Dropped { get; init; }

    /// <summary>Evaluates rounds; null when none counts.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <param name="rounds">Seconds per call in each round: one loop, as many loops as threads, ours on one thread, ours on all.</param>
    public static ThreadGain? Of(int threads, IReadOnlyList<(double OneLoop, double AllLoops, double One, double All)> rounds)
    {
        (double Gain, double Loops)[] gains =
        [
            .. rounds
                .Select(round => (Gain: round.One / round.All, Loops: threads * round.OneLoop / round.AllLoops))
                .Where(gain => gain.Loops >= LeastLoopShare * threads),
        ];
        if (gains.Length == 0)
        {
            return null;
        }

        Sample share = new(gains.Select(gain => gain.Gain / gain.Loops));
        (double low, double high) = share.MedianInterval();
        return new()
        {
            Gain = new Sample(gains.Select(gain => gain.Gain)).Median,
            Loops = new Sample(gains.Select(gain => gain.Loops)).Median,
            Share = share.Median,
            Interval = [low, high],
            Rounds = rounds.Count,
            Dropped = rounds.Count - gains.Length,
        };
    }
}
