using System.CommandLine;
using System.CommandLine.Parsing;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Comparing;
using FastSensing.Cli.Generating;
using FastSensing.Cli.Output;
using FastSensing.Cli.Solving;
using FastSensing.IO;
using FastSensing.Operators;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing compare [PROBLEM.npz]: every method on the same problem, as a table.</summary>
internal sealed class CompareVerb : IVerb
{
    private const int DefaultIterations = 2000;

    private readonly Argument<string?> _problem = new("PROBLEM")
    {
        Description = "npz file as solve reads it. Without one: random problems of a known truth, by the options from --rows to --noise.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _methods = new("--methods")
    {
        Description = "Methods by name or short name, separated by commas. Default: all of the catalog that suit the structure.",
        HelpName = "NAME,NAME",
    };

    private readonly Option<int?> _rank = SharedOptions.Integer("--rank", 1, "Rank of X. With a file: of its truth; methods that need it are left out without. Default without a file: 2.");
    private readonly Option<int?> _width = SharedOptions.Integer("--width", 1, "Factor width of the methods that need not know the rank. Default: the rank.");
    private readonly Option<bool> _symmetric = new("--symmetric") { Description = "X is symmetric positive semidefinite." };
    private readonly Option<string> _kind = new("--kind") { Description = "gaussian or entries. Default gaussian.", HelpName = "gaussian|entries" };
    private readonly Option<int?> _rows = SharedOptions.Integer("--rows", 1, "n1. Default 30.");
    private readonly Option<int?> _columns = SharedOptions.Integer("--columns", 1, "n2. Default: n1.");
    private readonly Option<double?> _condition = SharedOptions.Number("--condition", Sign.Positive, "Condition number of the truth, at least 1. Default 1.");
    private readonly Option<int?> _measurements = SharedOptions.Integer("--measurements", 1, "m. Default: six per degree of freedom, at most one per unknown.");
    private readonly Option<double?> _noise = SharedOptions.Number("--noise", Sign.NonNegative, "Standard deviation of Gaussian noise added to y. Default 0.");
    private readonly Option<ulong> _seed = SharedOptions.Seed();
    private readonly Option<int?> _seeds = SharedOptions.Integer("--seeds", 1, "Runs of each method, each on a problem of its own seed, of which medians are shown. Default 10; 1 with a file, whose problem is one.", 10_000);
    private readonly Option<int?> _iterations = SharedOptions.Integer("--iterations", 1, "Most iterations of a run. Default 2000.");
    private readonly Option<string> _precision = SharedOptions.Precision("Default: as stored; fp64 without a file.");
    private readonly Option<string> _blas = SharedOptions.Blas();
    private readonly Option<int?> _threads = SharedOptions.Threads("Threads that one call of the BLAS may use. Default 1.");
    private readonly Option<bool> _markdown = new("--markdown") { Description = "The table in Markdown." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public CompareVerb()
    {
        SharedOptions.AcceptOnly(_kind, "gaussian", "entries");
        Command = new Command("compare", "Run methods on the same problem: iterations, seconds and operator calls to errors of 1e-3, 1e-6 and 1e-10. Exit code 0 once the table is there, however the runs ended.")
        {
            _problem, _methods, _rank, _width, _symmetric, _kind, _rows, _columns, _condition, _measurements, _noise, _seed, _seeds,
            _iterations, _precision, _blas, _threads, _markdown, _json,
        };
        Command.Validators.Add(Check);
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        string? problem = parsed.GetValue(_problem);
        int rows = parsed.GetValue(_rows) ?? 30;
        int? rank = parsed.GetValue(_rank) ?? (problem is null ? 2 : null);
        MatrixStructure structure = parsed.GetValue(_symmetric) ? MatrixStructure.Symmetric : MatrixStructure.General;
        bool entries = parsed.GetValue(_kind) == "entries";
        CompareRequest request = new()
        {
            Problem = problem,
            Methods = Methods(parsed.GetValue(_methods), structure, rank, problem is null && !entries, console),
            Rank = rank,
            Width = parsed.GetValue(_width),
            Structure = structure,
            Kind = entries ? MeasurementKind.Entries : MeasurementKind.Gaussian,
            Rows = rows,
            Columns = parsed.GetValue(_columns) ?? rows,
            ConditionNumber = parsed.GetValue(_condition) ?? 1,
            Measurements = parsed.GetValue(_measurements) ?? 0,
            Noise = parsed.GetValue(_noise) ?? 0,
            Seed = parsed.GetValue(_seed),
            Seeds = parsed.GetValue(_seeds) ?? (problem is null ? 10 : 1),
            Iterations = parsed.GetValue(_iterations) ?? DefaultIterations,
            Blas = BackEndChoice.Resolve(parsed.GetValue(_blas)),
            Threads = parsed.GetValue(_threads) ?? 1,
            Form = parsed.GetValue(_json) ? CompareForm.Json : parsed.GetValue(_markdown) ? CompareForm.Markdown : CompareForm.Text,
        };
        Precision precision = SharedOptions.ToPrecision(parsed.GetValue(_precision));
        bool single = precision == Precision.Single
            || (precision == Precision.AsStored && problem is not null && Files.Read(problem, ProblemFile.PrecisionOf) == DType.Float32);
        return single ? new CompareJob<float>(request, console).Run(cancellation) : new CompareJob<double>(request, console).Run(cancellation);
    }

    private void Check(CommandResult result)
    {
        foreach (Option option in (Option[])[_kind, _rows, _columns, _condition, _measurements, _noise])
        {
            if (result.GetResult(_problem) is { Tokens.Count: > 0 } && result.GetResult(option) is not null)
            {
                result.AddError($"{option.Name} is for random problems: it cannot be combined with PROBLEM.");
            }
        }

        if (result.GetResult(_json) is not null && result.GetResult(_markdown) is not null)
        {
            result.AddError("--json and --markdown exclude each other.");
        }

        if (!result.Errors.Any() && result.GetValue(_condition) < 1)
        {
            result.AddError($"--condition is {Figures.Exact(result.GetValue(_condition)!.Value)}; it must be at least 1.");
        }

        if (!result.Errors.Any() && result.GetValue(_methods) is string names)
        {
            CheckMethods(result, names);
        }
    }

    private void CheckMethods(CommandResult result, string names)
    {
        MatrixStructure structure = result.GetValue(_symmetric) ? MatrixStructure.Symmetric : MatrixStructure.General;
        foreach (string name in Split(names))
        {
            if (MethodNames.Find(name, structure) is not int row)
            {
                result.AddError($"--methods has '{name}'; it must be of {MethodNames.List()}.");
            }
            else if (MethodCatalog<double>.All[row].Structure != structure)
            {
                result.AddError($"--methods has '{name}', which is for {(structure == MatrixStructure.General ? "symmetric problems: it needs" : "general problems: it does not take")} --symmetric.");
            }
            else if (MethodCatalog<double>.All[row].Rank == RankKnowledge.Exact && result.GetResult(_rank) is null && result.GetResult(_problem) is { Tokens.Count: > 0 })
            {
                result.AddError($"--methods has '{name}', which needs --rank, the rank of X.");
            }
            else if (MethodCatalog<double>.All[row].NeedsEntries && result.GetResult(_problem) is not { Tokens.Count: > 0 } && result.GetValue(_kind) != "entries")
            {
                result.AddError($"--methods has '{name}', which takes single entries of X: it needs --kind entries.");
            }
        }
    }

    /// <summary>The rows asked for, or all that suit the structure, the measurements and what is known of the rank.</summary>
    private static int[] Methods(string? names, MatrixStructure structure, int? rank, bool noEntries, ToolConsole console)
    {
        if (names is not null)
        {
            return [.. Split(names).Select(name => MethodNames.Find(name, structure)!.Value).Distinct()];
        }

        IReadOnlyList<MethodDescription<double>> all = MethodCatalog<double>.All;
        int[] suitable = [.. Enumerable.Range(0, all.Count).Where(row => all[row].Structure == structure && !(noEntries && all[row].NeedsEntries))];
        if (rank is null && Array.Exists(suitable, row => all[row].Rank == RankKnowledge.Exact))
        {
            console.Say("Without --rank the methods that need the rank are left out.");
            suitable = Array.FindAll(suitable, row => all[row].Rank != RankKnowledge.Exact);
        }

        return suitable;
    }

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries);
}
