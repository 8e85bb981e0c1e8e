using FastSensing.Cli.Output;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Comparing;

/// <summary>The outcome of `compare`, for people or for programs. The JSON names are a contract with scripts.</summary>
internal sealed record CompareReport
{
    /// <summary>The file, or how the problems were planted.</summary>
    public required string Problem { get; init; }

    public required ComparedSizes Sizes { get; init; }

    /// <summary>Recovery error of the X of least norm that fits the measurements, the median over the seeds; null without a truth.</summary>
    public required double? MinimumNormError { get; init; }

    public required int Seeds { get; init; }

    /// <summary>Whether errors are recovery errors; else they are relative residuals.</summary>
    public required bool HasTruth { get; init; }

    public required string Blas { get; init; }

    public required string Precision { get; init; }

    public required IReadOnlyList<CompareRow> Rows { get; init; }

    /// <summary>What the errors are of.</summary>
    public string Measure => HasTruth ? "recovery error" : "relative residual";

    public void WriteJson(TextWriter output)
    {
        using Json json = new();
        json.Add("problem", Problem)
            .Add("rows", Sizes.Rows)
            .Add("columns", Sizes.Columns)
            .Add("measurements", Sizes.Measurements)
            .Add("unknowns", Sizes.Unknowns)
            .Add("degreesOfFreedom", Sizes.DegreesOfFreedom)
            .Add("minimumNormError", MinimumNormError)
            .Add("seeds", Seeds)
            .Add("errorIs", HasTruth ? "recoveryError" : "relativeResidual")
            .Add("isa", Isa.Name)
            .Add("blas", Blas)
            .Add("precision", Precision)
            .Add("methods", Rows.Select(row => (Action<Json>)row.WriteTo))
            .WriteTo(output);
    }
}
