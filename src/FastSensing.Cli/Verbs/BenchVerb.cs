using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FastSensing.Cli.Benchmarking;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Benchmarking.Results;
using FastSensing.Cli.Output;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing bench ROUTINE: ours against other libraries, interleaved in one process.</summary>
internal sealed class BenchVerb : IVerb
{
    private const int FewestRounds = 15;

    private static readonly string[] Peers = ["mkl", "openblas", "blis", "libxsmm"];

    private static readonly Dictionary<string, string> Isas = new()
    {
        ["avx512"] = "Simd512", ["avx2"] = "Simd256", ["simd512"] = "Simd512", ["simd256"] = "Simd256", ["simd128"] = "Simd128", ["scalar"] = "Scalar",
    };

    private readonly Argument<string> _routine = new("ROUTINE");
    private readonly Option<int[]> _sizes = Numbers("--sizes", "Sizes n: 8,16,32.");
    private readonly Option<int[]> _ranks = Numbers("--ranks", "Ranks r, for shapes that have one.");
    private readonly Option<string[]> _shapes = Words("--shapes", [.. Enum.GetNames<BenchShape>().Select(n => n.ToLowerInvariant())], "Shapes, row-major and contiguous: nnr is n x n x r, nrn and twin n x r x n, gram r x r x n, added n x n x n with C added.");
    private readonly Option<string> _precision = SharedOptions.Precision("Default fp64.");
    private readonly Option<string[]> _isa = Words("--isa", [.. Isas.Keys], "Instruction sets for ours and the kernels of the peers, each in a process of its own. Default: the widest.");
    private readonly Option<string[]> _against = Words("--against", Peers, "Peers, as the system's loader finds them.");
    private readonly Option<int?> _threads = SharedOptions.Threads("Threads of every side; what ours gain over one is measured too. Default 1.");
    private readonly Option<int?> _rounds = SharedOptions.Integer("--rounds", FewestRounds, $"Interleaved rounds, at least {FewestRounds}, the default.");
    private readonly Option<string> _openBlasCore = new("--openblas-core") { Description = "OPENBLAS_CORETYPE for OpenBLAS. Default: what suits --isa.", HelpName = "NAME" };
    private readonly Option<bool> _cold = new("--cold") { Description = "Beside each row of a small shape one with operands that are in no cache of the core." };
    private readonly Option<bool> _wrapped = new("--wrapped") { Description = "Call peers through NativeBlas<T> with its checks, as a solver does. Default: their own routines, bare." };
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _here = new("--here") { Hidden = true };
    private readonly IPeerSource _source;

    public BenchVerb(IPeerSource source)
    {
        _source = source;
        _routine.AcceptOnlyFromAmong([.. Routine.All.Select(routine => routine.Name)]);
        _routine.Description = string.Join(Environment.NewLine, ["What to measure:", .. Routine.All.Select(routine => $"  {routine.Name}: {routine.Summary}")]);
        _json.Description = "The rows as a JSON array on stdout.";
        Command = new Command("bench", "Measure routines, side by side with MKL, OpenBLAS, BLIS and libxsmm.")
        {
            _routine, _sizes, _ranks, _shapes, _precision, _isa, _against, _threads, _rounds, _openBlasCore, _cold, _wrapped, _json, _here,
        };
        Command.Validators.Add(Validate);
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        Routine routine = Find(parsed.GetRequiredValue(_routine))!;
        BenchRequest request = new()
        {
            Routine = routine,
            Sizes = Given(parsed.GetValue(_sizes)) ?? routine.Sizes,
            Ranks = Given(parsed.GetValue(_ranks)) ?? routine.Ranks,
            Shapes = ShapesOf(Given(parsed.GetValue(_shapes)), routine),
            Precision = SharedOptions.ToPrecision(parsed.GetValue(_precision)),
            Isas = [.. (parsed.GetValue(_isa) ?? []).Select(name => Isas[name]).Distinct()],
            Peers = parsed.GetValue(_against) ?? [],
            Threads = parsed.GetValue(_threads) ?? 1,
            Rounds = parsed.GetValue(_rounds) ?? FewestRounds,
            OpenBlasCore = parsed.GetValue(_openBlasCore),
            Cold = parsed.GetValue(_cold),
            Wrapped = parsed.GetValue(_wrapped),
        };
        BenchJob job = new(request, _source, console);
        List<BenchRow> rows = parsed.GetValue(_here)
            ? job.RunHere(request.Isas is [string isa] ? isa : Isa.Name, cancellation)
            : job.Run(cancellation);
        if (parsed.GetValue(_json))
        {
            console.Out.WriteLine(BenchJson.Write(rows));
        }
        else
        {
            BenchTable.Show(console, rows);
        }

        int spoiled = rows.Sum(row => row.Spoiled);
        if (spoiled > 0)
        {
            console.Say($"{spoiled} of {rows.Sum(row => row.Rounds)} rounds shared the core with other processes; measure again when the machine is quiet.");
        }

        return ExitCode.Success;
    }

    // A list option that is absent has an empty list as its value.
    private static TItem[]? Given<TItem>(TItem[]? items) => items is { Length: > 0 } ? items : null;

    private static Routine? Find(string? name) => Routine.All.FirstOrDefault(routine => routine.Name == name);

    private static BenchShape[] ShapesOf(string[]? names, Routine routine) =>
        names is null ? [routine.Shapes[0]] : [.. names.Select(name => Enum.Parse<BenchShape>(name, ignoreCase: true))];

    // A malformed value throws here, and is complained about by its own option.
    private static TValue? Valid<TValue>(Func<TValue?> value)
    {
        try
        {
            return value();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private void Validate(CommandResult result)
    {
        if (Find(Valid(() => result.GetValue(_routine))) is not Routine routine)
        {
            return;
        }

        BenchShape[] shapes = ShapesOf(Given(Valid(() => result.GetValue(_shapes))), routine);
        BenchShape[] foreign = [.. shapes.Except(routine.Shapes)];
        if (foreign.Length > 0)
        {
            string known = string.Join(", ", routine.Shapes).ToLowerInvariant();
            result.AddError($"--shapes is '{foreign[0].ToString().ToLowerInvariant()}'; {routine.Name} has {known}.");
        }
        else if (result.GetResult(_ranks) is not null && !shapes.Any(Routine.HasRank))
        {
            result.AddError($"--ranks has no meaning for {routine.Name} of square matrices.");
        }

        if (result.GetResult(_against) is not null && !routine.HasPeers)
        {
            result.AddError($"--against has no meaning for {routine.Name}: other libraries do not show theirs.");
        }

        if (Valid(() => result.GetValue(_against))?.FirstOrDefault(peer => !routine.HasPeer(peer)) is string foreigner)
        {
            result.AddError($"--against {foreigner} has no meaning for {routine.Name}: it has gemm-plan alone.");
        }

        if (result.GetResult(_cold) is not null && !routine.HasCold)
        {
            result.AddError($"--cold has no meaning for {routine.Name}.");
        }

        if (Valid(() => result.GetValue(_threads)) is > 1 and int threads && !routine.SharesThreads)
        {
            result.AddError($"--threads is '{threads}'; {routine.Name} runs on 1 thread.");
        }
    }

    /// <summary>Integers of at least 1, separated by commas.</summary>
    private static Option<int[]> Numbers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        CustomParser = result =>
        {
            string[] words = result.Tokens[0].Value.Split(',');
            int[] numbers = new int[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < 1)
                {
                    result.AddError($"{name} is '{result.Tokens[0].Value}'; it must be integers of at least 1, separated by commas.");
                    break;
                }
            }

            return numbers;
        },
    };

    /// <summary>Words out of a list, separated by commas.</summary>
    private static Option<string[]> Words(string name, string[] known, string description) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', known),
        CustomParser = result =>
        {
            string[] words = [.. result.Tokens[0].Value.ToLowerInvariant().Split(',').Distinct()];
            if (words.FirstOrDefault(word => !known.Contains(word)) is string unknown)
            {
                string elsewhere = unknown == "mathnet" ? " MathNet.Numerics is a peer of the benchmarks alone: ./build.sh bench Gemm, or bench figures." : "";
                result.AddError($"{name} is '{unknown}'; known are {string.Join(", ", known)}.{elsewhere}");
            }

            return words;
        },
    };
}
