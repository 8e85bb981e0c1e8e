using System.Text.Json;
using FastSensing.Operators;
using FastSensing.Solvers.Methods;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>The table of methods on files and on planted problems.</summary>
public sealed class CompareTests : IDisposable
{
    private const string Small = "--rows 12 --columns 10 --rank 1 --seeds 3 --iterations 300";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", MatrixStructure.General)]
    [InlineData("--symmetric --columns 12", MatrixStructure.Symmetric)]
    [InlineData("--symmetric --columns 12 --kind entries", MatrixStructure.Symmetric)]
    public void Compare_WithoutMethods_RunsAllThatSuitTheStructureAndTheMeasurements(string options, MatrixStructure structure)
    {
        ToolRun run = Compare($"{(structure == MatrixStructure.General ? Small : Small.Replace("--columns 10", string.Empty, StringComparison.Ordinal))} {options} --json");
        run.AssertSucceeded();
        bool entries = options.Contains("entries", StringComparison.Ordinal);
        bool suits(MethodDescription<double> method) => method.Structure == structure && (entries || !method.NeedsEntries);
        string[] expected = [.. MethodCatalog<double>.All.Where(suits).Select(method => method.Name)];
        Assert.Equal(expected, Methods(run).Select(method => method.GetProperty("method").GetString()));
    }

    [Fact]
    public void Compare_OfAMethodThatNeedsEntries_RunsOnEntriesOnly()
    {
        const string Options = "--symmetric --rows 12 --rank 1 --seeds 3 --methods scaledsgd";
        ToolRun run = Compare($"{Options} --kind entries --json");
        run.AssertSucceeded();
        JsonElement method = Assert.Single(Methods(run));
        Assert.Equal("Converged", method.GetProperty("status").GetString());
        Assert.Equal(1, method.GetProperty("callsPerIteration").GetDouble());
        Compare(Options).AssertFailed(ExitCode.Usage, "'scaledsgd'", "--kind entries");
    }

    [Fact]
    public void Compare_OfChosenMethods_CountsWhatTheySay()
    {
        ToolRun run = Compare($"{Small} --methods scaledgd,gnmr,als --json");
        run.AssertSucceeded();
        Assert.Equal("recoveryError", run.Json.GetProperty("errorIs").GetString());
        Assert.Equal(120, run.Json.GetProperty("unknowns").GetInt32());
        Assert.Equal(21, run.Json.GetProperty("degreesOfFreedom").GetInt32());
        JsonElement[] methods = Methods(run);
        Assert.All(methods, method =>
        {
            Assert.Equal("Converged", method.GetProperty("status").GetString());
            Assert.Equal(3, method.GetProperty("runs").GetInt32());
            double[] iterations = [.. method.GetProperty("reached").EnumerateArray().Select(reached => reached.GetProperty("iterations").GetDouble())];
            Assert.Equal(iterations.Order(), iterations);
            Assert.InRange(iterations[^1], 1, method.GetProperty("iterations").GetDouble());
            Assert.InRange(method.GetProperty("error").GetDouble(), 0, 1e-10);
        });

        // One call a step for gradients; a step of GNMR has an inner problem but is worth several.
        Assert.Equal(1, methods[0].GetProperty("callsPerIteration").GetDouble());
        Assert.True(methods[1].GetProperty("callsPerIteration").GetDouble() > 4);
        Assert.True(methods[1].GetProperty("iterations").GetDouble() < methods[0].GetProperty("iterations").GetDouble());
    }

    /// <summary>About sqrt(1 - m / unknowns), whatever the methods do; none where the truth is not known.</summary>
    [Fact]
    public void Compare_SaysHowFarOffTheMinimumNormSolutionIs()
    {
        double error = Compare($"{Small} --measurements 60 --methods scaledgd --json").Json.GetProperty("minimumNormError").GetDouble();
        Assert.InRange(error, 0.55, 0.85);
        Assert.Contains("error of the minimum-norm solution 0.", Compare($"{Small} --measurements 60 --methods scaledgd").Out, StringComparison.Ordinal);
        string problem = ProblemBuilder.Write(_folder.File("untold.npz"), writer =>
        {
            writer.AddDense();
            writer.Add<double>("y", ProblemBuilder.Numbers(4), 4);
        });
        JsonElement without = ToolRun.Of("compare", problem, "--rank", "1", "--json", "--methods", "scaledgd").Json;
        Assert.Equal(JsonValueKind.Null, without.GetProperty("minimumNormError").ValueKind);
        Assert.Equal("relativeResidual", without.GetProperty("errorIs").GetString());
    }

    [Fact]
    public void Compare_OfTooFewIterations_LeavesTheMilestonesOut()
    {
        ToolRun run = Compare("--rows 12 --columns 10 --rank 1 --seeds 3 --iterations 2 --methods fgd --json");
        run.AssertSucceeded();
        JsonElement method = Methods(run)[0];
        Assert.Equal("IterationLimit", method.GetProperty("status").GetString());
        Assert.All(method.GetProperty("reached").EnumerateArray(), reached => Assert.Equal(JsonValueKind.Null, reached.GetProperty("iterations").ValueKind));
    }

    [Fact]
    public void Compare_AsTextAndAsMarkdown_ShowsTheSizesAndALineAMethod()
    {
        ToolRun text = Compare($"{Small} --methods scaledgd,als --noise 0.01");
        text.AssertSucceeded();
        Assert.Contains("12 x 10, 120 measurements of 120 unknowns (100 %), 21 degrees of freedom", text.Out, StringComparison.Ordinal);
        Assert.Contains("medians over 3 seeds", text.Out, StringComparison.Ordinal);
        ToolRun markdown = Compare($"{Small} --methods scaledgd,als --markdown");
        string[] lines = [.. markdown.Out.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("| method | to 1e-3 | to 1e-6 | to 1e-10 |", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("| ScaledGD | ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OfAFile_LeavesOutWhatNeedsTheRank()
    {
        string problem = Generate("--rows 12 --columns 10 --rank 1 --measurements 80");
        ToolRun without = ToolRun.Of("compare", problem, "--json", "--iterations", "50");
        without.AssertSucceeded();
        Assert.Contains("Without --rank", without.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Methods(without), method => method.GetProperty("method").GetString() == "scaled-gradient-descent");
        ToolRun with = ToolRun.Of("compare", problem, "--rank", "1", "--json", "--methods", "scaledgd,gnmr");
        with.AssertSucceeded();
        Assert.Equal(1, with.Json.GetProperty("seeds").GetInt32());
        Assert.All(Methods(with), method => Assert.Equal("Converged", method.GetProperty("status").GetString()));
    }

    [Fact]
    public void Compare_OfSinglePrecisionAndOfEntries_Runs()
    {
        ToolRun single = Compare($"{Small} --methods gnmr --precision fp32 --json");
        Assert.Equal("fp32", single.Json.GetProperty("precision").GetString());
        Assert.InRange(Methods(single)[0].GetProperty("error").GetDouble(), 0, 1e-5);
        ToolRun entries = Compare("--kind entries --rows 20 --rank 1 --seeds 1 --methods als,gnmr --json");
        Assert.All(Methods(entries), method => Assert.InRange(method.GetProperty("error").GetDouble(), 0, 1e-10));
    }

    [Theory]
    [InlineData("--methods newton", "--methods has 'newton'", "scaled-gradient-descent")]
    [InlineData("--methods fgd --symmetric", "--methods has 'fgd'", "does not take --symmetric")]
    [InlineData("--methods symmetric-gradient-descent", "--methods has 'symmetric-gradient-descent'", "needs --symmetric")]
    [InlineData("p.npz --methods scaledgd", "--methods has 'scaledgd'", "needs --rank")]
    [InlineData("p.npz --rows 5", "--rows", "PROBLEM")]
    [InlineData("p.npz --condition 5", "--condition", "PROBLEM")]
    [InlineData("--condition 0.5", "--condition is 0.5", "at least 1")]
    [InlineData("--seeds 0", "--seeds is '0'", "at least 1")]
    [InlineData("--iterations 0", "--iterations is '0'", "at least 1")]
    [InlineData("--json --markdown", "--json", "--markdown")]
    [InlineData("--symmetric --rows 5 --columns 6 --rank 1", "--rows is 5", "--columns is 6")]
    [InlineData("--rows 5 --rank 6", "6", "5 x 5")]
    [InlineData("--kind entries --rows 4 --rank 1 --measurements 17", "17", "4 x 4")]
    public void Compare_Misused_SaysSoInOneLine(string options, params string[] words) => Compare(options).AssertFailed(ExitCode.Usage, words);

    [Fact]
    public void Compare_OfAMissingFile_RefusesIt() => ToolRun.Of("compare", _folder.File("none.npz"), "--rank", "1").AssertFailed(ExitCode.InputRefused, "none.npz");

    [Fact]
    public void Compare_Interrupted_SaysNothingOnStdout()
    {
        using CancellationTokenSource interrupt = new();
        interrupt.Cancel();
        ToolRun run = ToolRun.Of(interrupt.Token, ["compare", .. Small.Split(' ')]);
        Assert.Equal((int)ExitCode.Interrupted, run.Code);
        Assert.Equal(string.Empty, run.Out);
    }

    private static ToolRun Compare(string options) =>
        ToolRun.Of(["compare", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private static JsonElement[] Methods(ToolRun run) => [.. run.Json.GetProperty("methods").EnumerateArray()];

    private string Generate(string options)
    {
        string problem = _folder.File("problem.npz");
        ToolRun.Of(["generate", problem, .. options.Split(' ')]).AssertSucceeded();
        return problem;
    }
}
