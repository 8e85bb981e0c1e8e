using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastSensing.Cli.Benchmarking.Goals;

namespace FastSensing.Cli.Benchmarking.Results;

/// <summary>Rows to JSON, an array, and back.</summary>
[JsonSerializable(typeof(IReadOnlyList<BenchRow>))]
[JsonSerializable(typeof(BenchRow[]))]
[JsonSerializable(typeof(GoalResult[]))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    private static readonly BenchJson Pretty = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The array.</summary>
    public static string Write(IReadOnlyList<BenchRow> rows) => JsonSerializer.Serialize([.. rows], Pretty.BenchRowArray);

    /// <summary>The rows of an array.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static BenchRow[] Read(string json) => JsonSerializer.Deserialize(json, Pretty.BenchRowArray) ?? [];

    /// <summary>The array of judged classes.</summary>
    public static string WriteGoals(IReadOnlyList<GoalResult> results) => JsonSerializer.Serialize([.. results], Pretty.GoalResultArray);

    /// <summary>The classes of an array.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static GoalResult[] ReadGoals(string json) => JsonSerializer.Deserialize(json, Pretty.GoalResultArray) ?? [];
}
