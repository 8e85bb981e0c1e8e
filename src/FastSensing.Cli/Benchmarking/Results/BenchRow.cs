using System.Text.Json.Serialization;
using FastSensing.Cli.Benchmarking.Gains;
using FastSensing.Cli.Benchmarking.Peers;

namespace FastSensing.Cli.Benchmarking.Results;

/// <summary>One measured row, as it is written to JSON; times are seconds per call.</summary>
internal sealed record BenchRow
{
    [JsonPropertyName("routine")]
    public required string Routine { get; init; }

    [JsonPropertyName("shape")]
    public required string Shape { get; init; }

    /// <summary>warm, or cold when operands are in no cache of the core before a call: <see cref="CacheState"/>.</summary>
    [JsonPropertyName("caches")]
    public required string Caches { get; init; }

    [JsonPropertyName("precision")]
    public required string Precision { get; init; }

    [JsonPropertyName("isa")]
    public required string Isa { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("peer")]
    public string? Peer { get; init; }

    [JsonPropertyName("peerVersion")]
    public string? PeerVersion { get; init; }

    [JsonPropertyName("peerCore")]
    public string? PeerCore { get; init; }

    [JsonPropertyName("peerThreads")]
    public int? PeerThreads { get; init; }

    [JsonPropertyName("ours_s")]
    public required double OursSeconds { get; init; }

    [JsonPropertyName("peer_s")]
    public double? PeerSeconds { get; init; }

    /// <summary>Median over the rounds of peer time / our time: above 1 we are faster.</summary>
    [JsonPropertyName("ratio")]
    public double? Ratio { get; init; }

    /// <summary>The bootstrap's 95 % interval of <see cref="Ratio"/>: its lower and its upper end.</summary>
    [JsonPropertyName("interval")]
    public IReadOnlyList<double>? Interval { get; init; }

    [JsonPropertyName("gflops")]
    public required double Gflops { get; init; }

    /// <summary>GB/s of the operand that bounds the routine; null where multiply-adds bound it.</summary>
    [JsonPropertyName("gbytes")]
    public double? Gbytes { get; init; }

    /// <summary>Of the limit of one core, times the threads.</summary>
    [JsonPropertyName("percentOfLimit")]
    public required double PercentOfLimit { get; init; }

    /// <summary>What <see cref="PercentOfLimit"/> is to reach; null where there is no such goal.</summary>
    [JsonPropertyName("goalPercent")]
    public double? GoalPercent { get; init; }

    /// <summary>Bytes that the garbage collector hears of, per call of ours.</summary>
    [JsonPropertyName("oursBytes")]
    public required double OursBytes { get; init; }

    /// <summary>The same for the peer.</summary>
    [JsonPropertyName("peerBytes")]
    public double? PeerBytes { get; init; }

    /// <summary>Rounds, of which <see cref="Spoiled"/> shared the core with another process.</summary>
    [JsonPropertyName("rounds")]
    public required int Rounds { get; init; }

    [JsonPropertyName("spoiled")]
    public required int Spoiled { get; init; }

    /// <summary>What the threads gain over one; null for one thread, and where the cores were never free.</summary>
    [JsonPropertyName("threadGain")]
    public ThreadGain? ThreadGain { get; init; }

    /// <summary>Why the ratio must not be quoted, or null: <see cref="KernelLevels"/>.</summary>
    [JsonPropertyName("flag")]
    public string? Flag { get; init; }
}
