using System.Globalization;
using System.Text.Json;
using FastSensing.Cli.Solving;
using FastSensing.IO;
using FastSensing.Kernels.Simd;
using FastSensing.Operators;
using FastSensing.Solvers.Methods;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>generate, then solve, with every option.</summary>
public sealed class SolveTests : IDisposable
{
    private static readonly string[] ContractNames =
    [
        "method", "status", "rank", "iterations", "loss", "relativeResidual", "recoveryError", "seconds",
        "secondsPerIteration", "allocatedBytesPerIteration", "isa", "precision",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--rows 60 --columns 45 --rank 2 --condition 20 --measurements 1000", "")]
    [InlineData("--rows 60 --rank 3 --condition 10 --measurements 800 --symmetric", "--symmetric")]
    [InlineData("--kind entries --rows 60 --columns 50 --rank 2 --measurements 1500", "")]
    [InlineData("--kind entries --rows 50 --rank 2 --measurements 800 --symmetric --seed 3", "--symmetric")]
    public void Solve_Generated_RecoversTheTruth(string generate, string solve)
    {
        JsonElement result = Solve(Generate(generate), solve);
        Assert.Equal("Converged", result.GetProperty("status").GetString());
        AssertBelow(1e-10, result.GetProperty("recoveryError"));
        AssertBelow(1e-12, result.GetProperty("relativeResidual"));
        Assert.Equal(0, result.GetProperty("allocatedBytesPerIteration").GetDouble());
    }

    [Fact]
    public void Solve_Json_HasTheNamesOfTheContractAndNothingElseOnStdout()
    {
        string problem = Generate("--rows 20 --rank 1 --measurements 200");
        ToolRun run = ToolRun.Of("solve", problem, "--json");
        run.AssertSucceeded();
        JsonElement result = run.Json;
        Assert.All(ContractNames, name => Assert.True(result.TryGetProperty(name, out _), name));
        Assert.Equal(Isa.Name, result.GetProperty("isa").GetString());
        Assert.Equal("fp64", result.GetProperty("precision").GetString());
        Assert.Equal(1, result.GetProperty("rank").GetInt32());
        Assert.Equal("solve", result.GetProperty("method").GetString());
        Assert.Contains("m = 200 measurements of a 20 x 20 matrix: 400 unknowns", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_WithoutTruth_HasANullRecoveryError()
    {
        string problem = Generate("--rows 12 --rank 1 --measurements 100");
        string copy = ProblemBuilder.Write(_folder.File("copy.npz"), writer =>
        {
            using NpzFile file = NpzFile.Open(problem);
            writer.Add("A", file.Read<double>("A").Elements.Span, 100, 12, 12);
            writer.Add("y", file.Read<double>("y").Elements.Span, 100);
        });
        Assert.Equal(JsonValueKind.Null, Solve(copy, string.Empty).GetProperty("recoveryError").ValueKind);
    }

    [Fact]
    public void Solve_Text_ShowsMeasurementsBesideUnknownsAndFreedom()
    {
        string problem = Generate("--rows 20 --rank 2 --measurements 300");
        ToolRun run = ToolRun.Of("solve", problem, "--rank", "2");
        run.AssertSucceeded();
        Assert.Contains("300 measurements, 400 unknowns (75 %), 76 degrees of freedom", run.Out, StringComparison.Ordinal);
        Assert.Contains("76 degrees of freedom at rank 2", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.Equal(string.Empty, ToolRun.Of("solve", problem, "--quiet").Error);
    }

    [Fact]
    public void Solve_Single_ComputesInSingleAndReachesItsTolerance()
    {
        string problem = Generate("--rows 30 --rank 2 --measurements 500 --precision fp32");
        JsonElement result = Solve(problem, string.Empty);
        Assert.Equal("fp32", result.GetProperty("precision").GetString());
        AssertBelow(1e-6, result.GetProperty("relativeResidual"));
        AssertBelow(1e-5, result.GetProperty("recoveryError"));
        Assert.Equal("fp64", Solve(WithMeasurementsAsDouble(problem), "--tolerance 1e-6").GetProperty("precision").GetString());
        Assert.Equal("fp64", Solve(problem, "--precision fp64 --tolerance 1e-6").GetProperty("precision").GetString());
        string stored = Generate("--rows 30 --rank 2 --measurements 500");
        Assert.Equal("fp32", Solve(stored, "--precision fp32").GetProperty("precision").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--method asymmetric-damped-scaled-gradient-descent --rank 2")]
    public void Solve_IterationsUsedUp_IsSuccessUnlessAToleranceWasAskedFor(string method)
    {
        string problem = Generate("--rows 20 --rank 2 --measurements 300");
        JsonElement result = Solve(problem, method + " --iterations 7");
        Assert.Equal("IterationLimit", result.GetProperty("status").GetString());
        Assert.True(result.GetProperty("iterations").GetInt32() <= 7);
        ToolRun run = ToolRun.Of(["solve", problem, "--json", .. Words(method), "--iterations", "7", "--tolerance", "1e-30", "--out", _folder.File("X.npz")]);
        Assert.Equal((int)ExitCode.NotConverged, run.Code);
        Assert.Equal("IterationLimit", run.Json.GetProperty("status").GetString());
        Assert.Contains("Not converged (IterationLimit)", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("X.npz")));
    }

    [Fact]
    public void Solve_EveryMethodOfTheCatalog_Runs()
    {
        string general = Generate("--rows 20 --columns 15 --rank 2 --measurements 250");
        string symmetric = Generate("--rows 20 --rank 2 --measurements 200 --symmetric", "s.npz");
        string entries = Generate("--rows 20 --rank 2 --measurements 180 --symmetric --kind entries", "e.npz");
        foreach (MethodDescription<double> method in MethodCatalog<double>.All)
        {
            bool isSymmetric = method.Structure == MatrixStructure.Symmetric;
            string options = $"--method {method.Name} --rank 2 --iterations 150";
            JsonElement result = Solve(method.NeedsEntries ? entries : isSymmetric ? symmetric : general, options + (isSymmetric ? " --symmetric" : string.Empty));
            Assert.Equal(method.Name, result.GetProperty("method").GetString());
            AssertBelow(0.9, result.GetProperty("relativeResidual"));
            ToolRun.Of(["solve", symmetric, "-q", .. Words(options), .. Words(isSymmetric ? string.Empty : "--symmetric")])
                .AssertFailed(ExitCode.Usage, method.Name, "--symmetric");
        }
    }

    [Fact]
    public void Solve_ByAMethodThatNeedsEntries_RefusesOthersAndRecovers()
    {
        string dense = Generate("--rows 20 --rank 2 --measurements 200 --symmetric");
        ToolRun.Of("solve", dense, "--method", "scaledsgd", "--rank", "2", "--symmetric", "--quiet")
            .AssertFailed(ExitCode.InputRefused, dense, "needs measurements that are entries of X");
        string entries = Generate("--rows 20 --rank 2 --measurements 180 --symmetric --kind entries", "e.npz");
        JsonElement result = Solve(entries, "--method scaledsgd --rank 2 --symmetric");
        Assert.Equal("Converged", result.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("--step-size 0.1", "--step-size 0.2", 3)]
    [InlineData("--damping 0.1", "--damping 0.7", 3)]
    [InlineData("--initial-scale 0.1", "--initial-scale 0.01", 0)]
    [InlineData("--seed 1", "--seed 2", 0)]
    [InlineData("--rank 2", "--rank 3", 3)]
    public void Solve_OptionOfAMethod_ChangesTheRun(string first, string second, int iterations)
    {
        string problem = Generate("--rows 20 --columns 15 --rank 2 --measurements 250");
        double Loss(string option) => Solve(
                problem, $"--method asymmetric-damped-scaled-gradient-descent --iterations {iterations} {option}")
            .GetProperty("loss").GetDouble();
        Assert.Equal(Loss(first), Loss(first));
        Assert.NotEqual(Loss(first), Loss(second));
    }

    [Fact]
    public void Solve_Out_HoldsTheMatrixAndItsFactors()
    {
        string problem = Generate("--rows 20 --columns 15 --rank 2 --measurements 250");
        Solve(problem, "--out " + _folder.File("X.npz"));
        using NpzFile file = NpzFile.Open(_folder.File("X.npz"));
        Assert.Equal(["X", "Left", "Right"], file.Names);
        NpyArray<double> x = file.Read<double>("X");
        NpyArray<double> left = file.Read<double>("Left");
        NpyArray<double> right = file.Read<double>("Right");
        Assert.Equal("(20, 15)", x.ShapeText);
        Assert.Equal("(20, 2)", left.ShapeText);
        Assert.Equal("(15, 2)", right.ShapeText);
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 15; j++)
            {
                (double first, double second) = (left.Elements.Span[2 * i] * right.Elements.Span[2 * j], left.Elements.Span[(2 * i) + 1] * right.Elements.Span[(2 * j) + 1]);
                double error = Math.Abs(first + second - x.Elements.Span[(i * 15) + j]);
                double bound = 4 * Math.Pow(2, -53) * (Math.Abs(first) + Math.Abs(second)); // Two products and a sum, fused or not, twice.
                Assert.True(error <= bound, $"({i}, {j}): {error}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("--method factorized-gradient-descent --rank 2 --iterations 30")]
    public void Solve_Trace_GoesFromTheStartToTheLastIterate(string method)
    {
        string problem = Generate("--rows 20 --columns 15 --rank 2 --measurements 250");
        JsonElement result = Solve(problem, method + " --trace " + _folder.File("t.csv"));
        string[] lines = File.ReadAllLines(_folder.File("t.csv"));
        Assert.Equal("iteration,loss,relativeResidual,recoveryError,seconds,stepSize,damping", lines[0]);
        double[][] rows = Array.ConvertAll(lines[1..], line => Array.ConvertAll(line.Split(','), field => double.Parse(field, CultureInfo.InvariantCulture)));
        Assert.Equal(0, rows[0][0]);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.First[0] < pair.Second[0] && pair.First[4] <= pair.Second[4]));
        Assert.Equal(result.GetProperty("relativeResidual").GetDouble(), rows[^1][2]);
        Assert.Equal(result.GetProperty("loss").GetDouble(), rows[^1][1]);
        Assert.Equal(result.GetProperty("recoveryError").GetDouble(), rows[^1][3], 1e-14);
    }

    [Fact]
    public void Solve_SameSeed_SameFile()
    {
        string problem = Generate("--rows 20 --columns 15 --rank 2 --measurements 250");
        Solve(problem, "--out " + _folder.File("a.npz"));
        Solve(problem, "--out " + _folder.File("b.npz"));
        Assert.Equal(File.ReadAllBytes(_folder.File("a.npz")), File.ReadAllBytes(_folder.File("b.npz")));
    }

    [Fact]
    public void Solve_Noisy_EndsByTheHoldOut()
    {
        JsonElement result = Solve(Generate("--rows 40 --rank 2 --measurements 1200 --noise 0.002"), string.Empty);
        Assert.Equal("Converged", result.GetProperty("status").GetString());
        Assert.Equal(2, result.GetProperty("rank").GetInt32());
    }

    [Theory]
    [InlineData("gd", "", "factorized-gradient-descent")]
    [InlineData("gd", "--symmetric", "symmetric-gradient-descent")]
    [InlineData("fgd", "", "factorized-gradient-descent")]
    [InlineData("scaledgd", "", "scaled-gradient-descent")]
    [InlineData("scaledgd-lambda", "", "asymmetric-damped-scaled-gradient-descent")]
    [InlineData("scaledgd-lambda", "--symmetric", "damped-scaled-gradient-descent")]
    public void Solve_ShortMethodName_IsThatOfTheStructure(string name, string symmetric, string expected)
    {
        string problem = Generate($"--rows 20 --rank 2 --measurements 300 {symmetric}");
        Assert.Equal(expected, Solve(problem, $"--method {name} --rank 2 --iterations 2 {symmetric}").GetProperty("method").GetString());
    }

    [Fact]
    public void Solve_TooFewMeasurements_SaysWhyOnStdoutEvenWhenQuiet()
    {
        // 60 numbers cannot hold the 400 of a matrix without structure.
        NpyFile.Write<double>(_folder.File("M.npy"), ProblemBuilder.Numbers(400), 20, 20);
        string problem = Generate($"--truth {_folder.File("M.npy")} --measurements 60");
        JsonElement result = ToolRun.Of("solve", problem, "--json", "-q", "--tolerance", "1e-12").Json;
        string diagnosis = result.GetProperty("diagnosis").GetString()!;
        Assert.NotEmpty(diagnosis);
        ToolRun text = ToolRun.Of("solve", problem, "-q", "--tolerance", "1e-12");
        Assert.Contains(diagnosis, text.Out, StringComparison.Ordinal);
        Assert.Equal(string.Empty, text.Error);
    }

    [Fact]
    public void Solve_TraceThatCannotBePutInPlace_IsWrittenBeforeAnythingAppears()
    {
        string problem = Generate("--rows 12 --rank 1 --measurements 100");
        using SolveOutputs outputs = new(new SolveRequest { Problem = problem, Output = _folder.File("X.npz"), Trace = _folder.File("t.csv") });
        ToolException refused = Assert.Throws<ToolException>(() => outputs.Write(
            file => file.Add<double>("X", [1], 1),
            _ => throw new IOException("No space left on device : '/x/.t.csv.abc.tmp'")));
        Assert.Equal($"{_folder.File("t.csv")}: it cannot be written: No space left on device.", refused.Message);
        Assert.False(File.Exists(_folder.File("X.npz")));
    }

    private string WithMeasurementsAsDouble(string problem) => ProblemBuilder.Write(_folder.File("mixed.npz"), writer =>
    {
        using NpzFile file = NpzFile.Open(problem);
        NpyArray<float> a = file.Read<float>("A");
        writer.Add("A", a.Elements.Span, a.Shape);
        writer.Add<double>("y", file.Read<double>("y").Elements.Span, a.Shape[0]);
    });

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void AssertBelow(double bound, JsonElement value) =>
        Assert.True(value.GetDouble() <= bound, $"{value} is above {bound}");

    private static JsonElement Solve(string problem, string options)
    {
        ToolRun run = ToolRun.Of(["solve", problem, "--json", .. Words(options)]);
        run.AssertSucceeded();
        return run.Json;
    }

    private string Generate(string options, string name = "p.npz")
    {
        string path = _folder.File(name);
        ToolRun.Of(["generate", path, .. Words(options)]).AssertSucceeded();
        return path;
    }
}
