using System.Text.Json.Serialization;
using FastSensing.Cli.Output;
using FastSensing.Solvers;

namespace FastSensing.Cli.Experiments;

/// <summary>What came of one run.</summary>
internal sealed record GridOutcome
{
    private const double ExactError = 1e-6;
    private const double LargestRatio = 2.5;
    private const double ExactLie = 1e-2;
    private const double RatioOfALie = 4;

    public required string Cell { get; init; }

    public required ulong Seed { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<SolveStatus>))]
    public required SolveStatus Status { get; init; }

    /// <summary>The rank that was chosen.</summary>
    public required int Rank { get; init; }

    /// <summary>The recovery error.</summary>
    public required double Error { get; init; }

    /// <summary>That of the least-squares fit at the true rank, found from the truth; 0 without noise.</summary>
    public required double Oracle { get; init; }

    public required double Residual { get; init; }

    public double? HoldOut { get; init; }

    public required int Iterations { get; init; }

    public required double Seconds { get; init; }

    public string? Diagnosis { get; init; }

    /// <summary>Recovery error over the oracle's, or null without noise.</summary>
    [JsonIgnore]
    public double? Ratio => Oracle > 0 ? Error / Oracle : null;

    /// <summary>As good as can be asked for.</summary>
    [JsonIgnore]
    public bool IsSuccess => Ratio is { } ratio ? ratio <= LargestRatio : Error <= ExactError;

    /// <summary>Called converged although it is far off.</summary>
    [JsonIgnore]
    public bool IsLie => Status == SolveStatus.Converged && (Ratio is { } ratio ? ratio > RatioOfALie : Error > ExactLie);

    public void WriteTo(Json json) => json
        .Add("cell", Cell)
        .Add("seed", (long)Seed)
        .Add("status", Status.ToString())
        .Add("rank", Rank)
        .Add("error", Error)
        .Add("oracle", Oracle)
        .Add("residual", Residual)
        .Add("holdOut", HoldOut)
        .Add("iterations", Iterations)
        .Add("seconds", Seconds)
        .Add("diagnosis", Diagnosis)
        .Add("success", IsSuccess);
}
