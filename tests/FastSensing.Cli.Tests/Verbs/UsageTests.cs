using FastSensing.Testing.Files;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>Wrong command lines (code 2), help, and outputs that cannot be written (code 1, before any work).</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nonsense", "'nonsense'")]
    [InlineData("solve", "PROBLEM")]
    [InlineData("solve p.npz q.npz", "'q.npz'")]
    [InlineData("solve p.npz --nonsense", "'--nonsense'")]
    [InlineData("solve p.npz --rank 0", "--rank is '0'", "at least 1")]
    [InlineData("solve p.npz --rank -3", "--rank is '-3'", "at least 1")]
    [InlineData("solve p.npz --rank two", "--rank is 'two'")]
    [InlineData("solve p.npz --iterations -1", "--iterations is '-1'", "at least 0")]
    [InlineData("solve p.npz --tolerance 0", "--tolerance is '0'", "above 0")]
    [InlineData("solve p.npz --tolerance NaN", "--tolerance is 'NaN'")]
    [InlineData("solve p.npz --tolerance 1,5", "--tolerance is '1,5'")]
    [InlineData("solve p.npz --method fgd --step-size 0", "--step-size is '0'")]
    [InlineData("solve p.npz --method fgd --step-size Infinity", "--step-size is 'Infinity'")]
    [InlineData("solve p.npz --method fgd --damping -1", "--damping is '-1'", "at least 0")]
    [InlineData("solve p.npz --method fgd --initial-scale x", "--initial-scale is 'x'")]
    [InlineData("solve p.npz --seed -1", "--seed is '-1'")]
    [InlineData("solve p.npz --precision fp16", "--precision is 'fp16'", "fp64")]
    [InlineData("solve p.npz --method newton", "--method is 'newton'", "scaled-gradient-descent", "scaledgd-lambda")]
    [InlineData("solve p.npz --method scaled-gradient-descent", "--method scaled-gradient-descent needs --rank")]
    [InlineData("solve p.npz --method scaledgd", "--method scaledgd needs --rank")]
    [InlineData("solve p.npz --method fgd --symmetric", "--method fgd", "does not take --symmetric")]
    [InlineData("solve p.npz --method symmetric-gradient-descent", "--method symmetric-gradient-descent", "needs --symmetric")]
    [InlineData("solve p.npz --out p.npz", "--out and PROBLEM are the same file", "p.npz")]
    [InlineData("solve p.npz --trace p.npz", "--trace and PROBLEM are the same file", "p.npz")]
    [InlineData("solve p.npz --out x --trace ./x", "--trace and --out are the same file", "x")]
    [InlineData("generate p.npz --truth p.npz", "PROBLEM and --truth are the same file", "p.npz")]
    [InlineData("generate p.npz --rows 50000", "--rows 50000 and --columns 50000", "2,500,000,000")]
    [InlineData("generate p.npz --rows 65536 --rank 1", "--rows 65536 and --columns 65536", "4,294,967,296")]
    [InlineData("generate p.npz --rows 65536 --kind entries --measurements 10 --symmetric", "--rows 65536 and --columns 65536", "4,294,967,296")]
    [InlineData("solve p.npz --step-size 1", "--step-size needs --method")]
    [InlineData("solve p.npz --warm-up", "--warm-up needs --method")]
    [InlineData("solve p.npz --method fgd --warm-up --resume r.npz", "--warm-up starts anew")]
    [InlineData("solve p.npz --damping 1", "--damping needs --method")]
    [InlineData("solve p.npz --initial-scale 1", "--initial-scale needs --method")]
    [InlineData("solve p.npz --out", "--out")]
    [InlineData("generate", "PROBLEM")]
    [InlineData("generate p.npz --kind fourier", "--kind is 'fourier'", "gaussian")]
    [InlineData("generate p.npz --condition 0.5", "--condition is 0.5", "at least 1")]
    [InlineData("generate p.npz --rows 0", "--rows is '0'")]
    [InlineData("generate p.npz --measurements 0", "--measurements is '0'")]
    [InlineData("generate p.npz --noise -1", "--noise is '-1'")]
    [InlineData("generate p.npz --rows 4 --rank 5", "--rank is 5", "4 x 4")]
    [InlineData("generate p.npz --rows 4 --columns 5 --rank 1 --symmetric", "--rows is 4", "--columns is 5")]
    [InlineData("generate p.npz --kind entries --rows 4 --rank 1 --measurements 17", "17", "4 x 4", "16")]
    [InlineData("generate p.npz --truth M.npy --rows 4", "--rows", "--truth")]
    [InlineData("generate p.npz --truth M.npy --rank 4", "--rank", "--truth")]
    [InlineData("info extra", "'extra'")]
    [InlineData("solve p.npz --threads 0", "--threads is '0'", "at least 1")]
    [InlineData("solve p.npz --threads 1025", "--threads is '1025'", "at most 1024")]
    [InlineData("demo --threads two", "--threads is 'two'")]
    [InlineData("demo --seed x", "--seed is 'x'")]
    public void Run_WrongCommandLine_SaysSoInOneLine(string line, params string[] words)
    {
        ToolRun run = ToolRun.Of(line.Replace("p.npz", _folder.File("p.npz"), StringComparison.Ordinal).Split(' '));
        run.AssertFailed(ExitCode.Usage, words);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void Run_NoArguments_ShowsHelpAsTalk()
    {
        ToolRun run = ToolRun.Of();
        Assert.Equal((int)ExitCode.Usage, run.Code);
        Assert.Equal(string.Empty, run.Out);
        Assert.All(["solve", "generate", "info", "demo", "bench", "study"], verb => Assert.Contains($"  {verb}", run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help", "solve", "generate", "info", "demo", "bench", "study", "--no-color", "--quiet")]
    [InlineData("solve --help", "PROBLEM", "--method", "--rank", "--symmetric", "--iterations", "--tolerance", "--step-size", "--damping", "--initial-scale", "--seed", "--precision", "--threads", "--out", "--trace", "--json")]
    [InlineData("generate --help", "PROBLEM", "--kind", "--rows", "--columns", "--rank", "--condition", "--measurements", "--noise", "--seed", "--symmetric", "--truth")]
    [InlineData("info --help", "--json")]
    [InlineData("demo --help", "--out", "--threads", "demo.html", "current directory")]
    [InlineData("bench --help", "ROUTINE", "two-products", "--sizes", "--ranks", "--shapes", "--precision", "--isa", "--against", "--threads", "--rounds", "--openblas-core", "--json")]
    [InlineData("study --help", "STUDY", "solve-grid", "early-stopping", "--runs", "--cells", "--resume", "--out", "--json")]
    public void Help_OfEveryVerb_ListsItsOptions(string line, params string[] words)
    {
        ToolRun run = ToolRun.Of(line.Split(' '));
        run.AssertSucceeded();
        Assert.Equal(string.Empty, run.Error);
        Assert.All(words, word => Assert.Contains(word, run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_OfSolve_ListsEveryMethodOfTheCatalog()
    {
        string help = ToolRun.Of("solve", "--help").Out;
        Assert.All(Solvers.Methods.MethodCatalog<double>.All, method =>
        {
            Assert.Contains(method.Name, help, StringComparison.Ordinal);
            Assert.Contains(method.Paper, help, StringComparison.Ordinal);
        });
        Assert.Contains("scaled-gradient-descent or scaledgd: ", help, StringComparison.Ordinal);
        Assert.Contains("factorized-gradient-descent or gd or fgd: ", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("solve missing.npz --out none/X.npz")]
    [InlineData("solve missing.npz --trace none/t.csv")]
    [InlineData("generate none/p.npz")]
    [InlineData("demo --out none/demo.html")]
    public void Run_OutputInAMissingDirectory_FailsBeforeTheWork(string line)
    {
        string[] arguments = Array.ConvertAll(line.Split(' '), word => word.Contains('/', StringComparison.Ordinal) ? _folder.File(word) : word);
        ToolRun.Of([.. arguments, "--quiet"]).AssertFailed(ExitCode.Failure, "none", "cannot be written", "no such directory");
        Assert.Empty(_folder.Names());
    }

    [Theory]
    [InlineData("PROBLEM is ''", "solve", "")]
    [InlineData("--out is ''", "solve", "p.npz", "--out", "")]
    [InlineData("--trace is ' '", "solve", "p.npz", "--trace", " ")]
    [InlineData("PROBLEM is ''", "generate", "")]
    [InlineData("--truth is ''", "generate", "p.npz", "--truth", "")]
    [InlineData("--out is ''", "demo", "--out", "")]
    public void Run_EmptyFileName_IsAWrongCommandLine(string words, params string[] arguments) =>
        ToolRun.Of(arguments).AssertFailed(ExitCode.Usage, words);

    [Fact]
    public void Run_ArgumentThatBeginsWithAt_IsAName() =>
        ToolRun.Of("solve", "@ok.npz").AssertFailed(ExitCode.InputRefused, "@ok.npz: there is no such file");

    [Fact]
    public void Run_OutputUnderANameThatIsTooLong_DoesNotShowTheTemporaryOne()
    {
        string path = _folder.File(new string('x', 300));
        ToolRun run = ToolRun.Of("generate", path);
        run.AssertFailed(ExitCode.Failure, $"fastsensing: {path}: it cannot be written: no file can be made there.");
        Assert.DoesNotContain(".tmp", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputIsADirectory_FailsBeforeTheWork() =>
        ToolRun.Of("generate", _folder.Path).AssertFailed(ExitCode.Failure, _folder.Path, "is a directory");

    [UnixFact]
    public void Run_OutputIsADevice_FailsBeforeTheWork() =>
        ToolRun.Of("generate", "/dev/null").AssertFailed(ExitCode.Failure, "/dev/null", "device");
}
