using System.CommandLine;
using FastSensing.Cli.Generating;
using FastSensing.Cli.Output;
using FastSensing.Operators;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing generate PROBLEM.npz: makes a problem that solve reads, with a known truth.</summary>
internal sealed class GenerateVerb : IVerb
{
    private readonly Argument<string> _output = SharedOptions.FileArgument("PROBLEM", "npz file to write.");
    private readonly Option<string> _kind = new("--kind") { Description = "gaussian: dense matrices A_i with entries N(0, 1/m). entries: entries of X, each at most once. Default gaussian.", HelpName = "gaussian|entries" };
    private readonly Option<int?> _rows = SharedOptions.Integer("--rows", 1, "n1. Default 60.");
    private readonly Option<int?> _columns = SharedOptions.Integer("--columns", 1, "n2. Default: n1.");
    private readonly Option<int?> _rank = SharedOptions.Integer("--rank", 1, "Rank of the random truth. Default 3.");
    private readonly Option<double?> _condition = SharedOptions.Number("--condition", Sign.Positive, "Condition number of the random truth, at least 1: its singular values fall evenly from 1 to 1/condition. Default 1.");
    private readonly Option<int?> _measurements = SharedOptions.Integer("--measurements", 1, "m. Default: five per degree of freedom, at most one per unknown.");
    private readonly Option<double?> _noise = SharedOptions.Number("--noise", Sign.NonNegative, "Standard deviation of Gaussian noise added to y. Default 0.");
    private readonly Option<ulong> _seed = SharedOptions.Seed();
    private readonly Option<bool> _symmetric = new("--symmetric") { Description = "A symmetric positive semidefinite truth. Pass --symmetric to solve as well." };
    private readonly Option<string> _truth = SharedOptions.FileName("--truth", "M.npy", "npy file of a matrix (n1,n2) to measure instead of a random one.");
    private readonly Option<string> _precision = SharedOptions.Precision("Default fp64.");

    public GenerateVerb()
    {
        SharedOptions.AcceptOnly(_kind, "gaussian", "entries");
        Command = new Command("generate", "Make a problem with a known truth.")
        {
            _output, _kind, _rows, _columns, _rank, _condition, _measurements, _noise, _seed, _symmetric, _truth, _precision,
        };
        Command.Validators.Add(result =>
        {
            foreach (Option option in (Option[])[_rows, _columns, _rank, _condition])
            {
                if (result.GetResult(_truth) is not null && result.GetResult(option) is not null)
                {
                    result.AddError($"{option.Name} cannot be combined with --truth, which is measured as it is.");
                }
            }

            if (!result.Errors.Any() && result.GetValue(_condition) < 1)
            {
                result.AddError($"--condition is {Figures.Exact(result.GetValue(_condition)!.Value)}; it must be at least 1.");
            }
        });
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        int rows = parsed.GetValue(_rows) ?? 60;
        GenerateRequest request = new()
        {
            Output = parsed.GetRequiredValue(_output),
            Kind = parsed.GetValue(_kind) == "entries" ? MeasurementKind.Entries : MeasurementKind.Gaussian,
            Structure = parsed.GetValue(_symmetric) ? MatrixStructure.Symmetric : MatrixStructure.General,
            Rows = rows,
            Columns = parsed.GetValue(_columns) ?? rows,
            Rank = parsed.GetValue(_rank) ?? 3,
            ConditionNumber = parsed.GetValue(_condition) ?? 1,
            Measurements = parsed.GetValue(_measurements) ?? 0,
            Noise = parsed.GetValue(_noise) ?? 0,
            Seed = parsed.GetValue(_seed),
            Truth = parsed.GetValue(_truth),
        };
        return SharedOptions.ToPrecision(parsed.GetValue(_precision)) == Precision.Single
            ? new GenerateJob<float>(request, console).Run(cancellation)
            : new GenerateJob<double>(request, console).Run(cancellation);
    }
}
