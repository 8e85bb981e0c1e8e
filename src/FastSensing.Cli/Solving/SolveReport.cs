using System.Globalization;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using FastSensing.Kernels.Simd;
using FastSensing.Operators;
using FastSensing.Solvers;

namespace FastSensing.Cli.Solving;

/// <summary>The outcome of `solve`, as lines or as JSON. The JSON names are a contract with scripts.</summary>
internal sealed record SolveReport
{
    public required string Problem { get; init; }

    public required string Method { get; init; }

    public required SolveStatus Status { get; init; }

    public required MatrixStructure Structure { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int Measurements { get; init; }

    public required long Unknowns { get; init; }

    public required int Rank { get; init; }

    public required long DegreesOfFreedom { get; init; }

    public required int Iterations { get; init; }

    public required double Loss { get; init; }

    public required double RelativeResidual { get; init; }

    public required double? HoldOutResidual { get; init; }

    public required double? RecoveryError { get; init; }

    public required double Seconds { get; init; }

    public required double SecondsPerIteration { get; init; }

    public required double AllocatedBytesPerIteration { get; init; }

    /// <summary>What the dense routines ran on.</summary>
    public required string Blas { get; init; }

    public required string Precision { get; init; }

    public required string? Diagnosis { get; init; }

    public void Write(TextWriter output, ReportForm form)
    {
        if (form == ReportForm.Json)
        {
            WriteJson(output);
        }
        else
        {
            WriteText(output);
        }
    }

    private void WriteJson(TextWriter output)
    {
        using Json json = new();
        json.Add("problem", Problem)
            .Add("method", Method)
            .Add("status", Status.ToString())
            .Add("structure", Structure.ToString())
            .Add("rows", Rows)
            .Add("columns", Columns)
            .Add("measurements", Measurements)
            .Add("unknowns", Unknowns)
            .Add("degreesOfFreedom", DegreesOfFreedom)
            .Add("rank", Rank)
            .Add("iterations", Iterations)
            .Add("loss", Loss)
            .Add("relativeResidual", RelativeResidual)
            .Add("holdOutResidual", HoldOutResidual)
            .Add("recoveryError", RecoveryError)
            .Add("seconds", Seconds)
            .Add("secondsPerIteration", SecondsPerIteration)
            .Add("allocatedBytesPerIteration", AllocatedBytesPerIteration)
            .Add("isa", Isa.Name)
            .Add("blas", Blas)
            .Add("precision", Precision)
            .Add("diagnosis", Diagnosis)
            .WriteTo(output);
    }

    private void WriteText(TextWriter output)
    {
        void Line(string name, string value) => output.WriteLine($"{name,-17} {value}");

        Line("status", $"{Status} by {Method}, {Precision} on {InstructionSet.Name}");
        Line("BLAS", Blas);
        if (Diagnosis is not null)
        {
            Line("diagnosis", Diagnosis);
        }

        Line("rank", Rank.ToString(CultureInfo.InvariantCulture));
        Line("m", string.Create(
            CultureInfo.InvariantCulture,
            $"{Measurements:N0} measurements, {Unknowns:N0} unknowns ({(double)Measurements / Unknowns:P0}), {DegreesOfFreedom:N0} degrees of freedom ({(double)Measurements / DegreesOfFreedom:0.0} measurements each)"));
        Line("relative residual", Figures.Error(RelativeResidual));
        if (HoldOutResidual is not null)
        {
            Line("hold-out residual", Figures.Error(HoldOutResidual));
        }

        if (RecoveryError is not null)
        {
            Line("recovery error", Figures.Error(RecoveryError));
        }

        Line("iterations", string.Create(
            CultureInfo.InvariantCulture,
            $"{Iterations:N0} in {Figures.Time(Seconds)}, {Figures.Time(SecondsPerIteration)} and {AllocatedBytesPerIteration:0.#} bytes each"));
    }
}
