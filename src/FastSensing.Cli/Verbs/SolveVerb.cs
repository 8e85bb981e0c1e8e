using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.Cli.Solving;
using FastSensing.IO;
using FastSensing.Operators;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing solve PROBLEM.npz: recovers the matrix.</summary>
internal sealed class SolveVerb : IVerb
{
    private readonly Argument<string> _problem = SharedOptions.FileArgument(
        "PROBLEM",
        "npz file with A (m,n1,n2) and y (m), or with rows, columns, values (m) and shape (2) for samples of entries; "
            + "with the true matrix M (n1,n2) the recovery error is reported too.");

    private readonly Option<string> _method = new("--method") { HelpName = "NAME" };
    private readonly Option<int?> _rank = SharedOptions.Integer("--rank", 1, "Rank of X; the factor width with --method. Default: chosen on measurements held out.");
    private readonly Option<bool> _symmetric = new("--symmetric") { Description = "X is symmetric positive semidefinite: X = U U^T." };
    private readonly Option<int?> _iterations = SharedOptions.Integer("--iterations", 0, "Most iterations. Without --tolerance, using them up is success.");
    private readonly Option<double?> _tolerance = SharedOptions.Number("--tolerance", Sign.Positive, "Relative residual to reach. Default 1e-12, in fp32 1e-6.");
    private readonly Option<double?> _stepSize = SharedOptions.Number("--step-size", Sign.Positive, "Step size of --method. Default: the method's own.");
    private readonly Option<double?> _damping = SharedOptions.Number("--damping", Sign.NonNegative, "Constant damping lambda of --method, in the units of X. Default: a rule that follows the fit.");
    private readonly Option<double?> _initialScale = SharedOptions.Number("--initial-scale", Sign.Positive, "Scale of the random start of --method. Default: the method's own.");
    private readonly Option<ulong> _seed = SharedOptions.Seed();
    private readonly Option<string> _precision = SharedOptions.Precision("Default: fp32 where all measured arrays are stored as float32, else fp64.");
    private readonly Option<string> _out = SharedOptions.FileName("--out", "X.npz", "npz file to write X (n1,n2), Left (n1,r) and Right (n2,r) to.");
    private readonly Option<string> _trace = SharedOptions.FileName("--trace", "trace.csv", "CSV file to write the iterations to.");
    private readonly Option<string> _checkpoint = SharedOptions.FileName(
        "--checkpoint", "run.npz", "npz file to write the state of --method to, every 10 s, at the end and when interrupted.");

    private readonly Option<string> _resume = SharedOptions.FileName(
        "--resume", "run.npz", "Checkpoint to go on from, with the same --method and options; iterations count on.");

    private readonly Option<bool> _warmUp = new("--warm-up")
    {
        Description = "Make a few steps of --method first, then start anew: no second of the run is spent on compiling.",
    };

    private readonly Option<string> _blas = SharedOptions.Blas();
    private readonly Option<int?> _threads = SharedOptions.Threads("Threads that one call of the BLAS may use. Default 1. The bits of C# do not depend on it.");
    private readonly Option<bool> _json = SharedOptions.Json();

    public SolveVerb()
    {
        _method.Description = DescribeMethods();
        Command = new Command("solve", "Recover a low-rank matrix from a file of measurements.")
        {
            _problem, _method, _rank, _symmetric, _iterations, _tolerance, _stepSize, _damping, _initialScale, _seed,
            _precision, _blas, _threads, _out, _trace, _checkpoint, _resume, _warmUp, _json,
        };
        Command.Validators.Add(result =>
        {
            foreach (Option option in (Option[])[_stepSize, _damping, _initialScale, _checkpoint, _resume, _warmUp])
            {
                if (result.GetResult(option) is not null && result.GetResult(_method) is null)
                {
                    result.AddError($"{option.Name} needs --method.");
                }
            }

            if (result.GetResult(_warmUp) is not null && result.GetResult(_resume) is not null)
            {
                result.AddError($"{_warmUp.Name} starts anew, and {_resume.Name} goes on: give one of them.");
            }

            if (result.GetResult(_method) is { Tokens: [{ Value: string name }] })
            {
                CheckMethod(result, name);
            }
        });
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        MatrixStructure structure = StructureOf(parsed.GetValue(_symmetric));
        SolveRequest request = new()
        {
            Problem = parsed.GetRequiredValue(_problem),
            Method = parsed.GetValue(_method) is string name ? MethodNames.Find(name, structure) : null,
            Rank = parsed.GetValue(_rank),
            Structure = structure,
            Iterations = parsed.GetValue(_iterations),
            Tolerance = parsed.GetValue(_tolerance),
            StepSize = parsed.GetValue(_stepSize),
            Damping = parsed.GetValue(_damping),
            InitialScale = parsed.GetValue(_initialScale),
            Seed = parsed.GetValue(_seed),
            Blas = BackEndChoice.Resolve(parsed.GetValue(_blas)),
            Threads = parsed.GetValue(_threads) ?? 1,
            Output = parsed.GetValue(_out),
            Trace = parsed.GetValue(_trace),
            Checkpoint = parsed.GetValue(_checkpoint),
            Resume = parsed.GetValue(_resume),
            WarmUp = parsed.GetValue(_warmUp),
            Form = parsed.GetValue(_json) ? ReportForm.Json : ReportForm.Text,
        };
        using SolveOutputs outputs = new(request);
        Precision precision = SharedOptions.ToPrecision(parsed.GetValue(_precision));
        if (precision == Precision.AsStored)
        {
            bool single = Files.Read(request.Problem, ProblemFile.PrecisionOf) == DType.Float32;
            precision = single ? Precision.Single : Precision.Double;
        }

        return precision == Precision.Single
            ? new SolveJob<float>(request, outputs, console).Run(cancellation)
            : new SolveJob<double>(request, outputs, console).Run(cancellation);
    }

    private static MatrixStructure StructureOf(bool symmetric) => symmetric ? MatrixStructure.Symmetric : MatrixStructure.General;

    /// <summary>What the catalog says of a method and the command line does not grant it, before any file is read.</summary>
    private void CheckMethod(CommandResult result, string name)
    {
        MatrixStructure structure = StructureOf(result.GetValue(_symmetric));
        if (MethodNames.Find(name, structure) is not int row)
        {
            result.AddError($"--method is '{name}'; it must be one of {MethodNames.List()}.");
            return;
        }

        MethodDescription<double> method = MethodCatalog<double>.All[row];
        if (method.Structure != structure)
        {
            result.AddError(structure == MatrixStructure.General
                ? $"--method {name} is for symmetric problems: it needs --symmetric."
                : $"--method {name} is for general problems: it does not take --symmetric.");
        }
        else if (method.Rank == RankKnowledge.Exact && result.GetResult(_rank) is null)
        {
            result.AddError($"--method {name} needs --rank, the rank of X.");
        }
    }

    private static string DescribeMethods()
    {
        StringBuilder text = new("One method instead of the automatic choice:");
        foreach (MethodDescription<double> method in MethodCatalog<double>.All)
        {
            string notes = (method.Structure == MatrixStructure.Symmetric ? ", needs --symmetric" : string.Empty)
                + (method.Rank == RankKnowledge.Exact ? ", needs --rank" : string.Empty)
                + (method.NeedsEntries ? ", needs measurements that are entries of X" : string.Empty);
            string names = string.Join(" or ", MethodNames.ShortOf(method.Name).Prepend(method.Name));
            text.Append(Environment.NewLine).Append("  ").Append(names).Append(": ").Append(method.Title).Append(" (").Append(method.Paper).Append(')').Append(notes);
        }

        return text.ToString();
    }
}
