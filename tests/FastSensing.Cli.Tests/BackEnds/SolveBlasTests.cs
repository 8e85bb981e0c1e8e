using System.Globalization;
using FastSensing.Operators;
using FastSensing.Solvers.Methods;
using FastSensing.Testing.Files;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.BackEnds;

/// <summary>`solve --blas` end to end: every method on every installed library reaches the same answer, with 0 bytes per step.</summary>
public sealed class SolveBlasTests
{
    public static TheoryData<string> Methods => [.. MethodCatalog<double>.All.Select(method => method.Name)];

    [NativeBlasTheory("openblas")]
    [MemberData(nameof(Methods))]
    public void Solve_OnOpenBlas_AgreesWithManaged(string method) => AssertAgrees(method, "openblas", "OpenBlas");

    [NativeBlasTheory("blis")]
    [MemberData(nameof(Methods))]
    public void Solve_OnBlis_AgreesWithManaged(string method) => AssertAgrees(method, "blis", "Blis");

    [NativeBlasTheory("mkl")]
    [MemberData(nameof(Methods))]
    public void Solve_OnMkl_AgreesWithManaged(string method) => AssertAgrees(method, "mkl", "Mkl");

    [Fact]
    public void Solve_UnknownBackEnd_IsWrongUsage()
    {
        using TemporaryFolder folder = new();
        string problem = SmallProblem.Write(folder);
        ToolRun.Of("solve", problem, "--blas", "atlas", "--out", folder.File("x.npz")).AssertFailed(ExitCode.Usage, "'atlas'", "managed", "openblas");
        ToolRun.Of("solve", problem, "--blas", "./libblas.so").AssertFailed(ExitCode.Usage, "absolute path");
        ToolRun.Of("doctor", "atlas").AssertFailed(ExitCode.Usage, "'atlas'", "openblas");
        Assert.False(File.Exists(folder.File("x.npz")));
    }

    [NativeBlasFact("openblas")]
    public void Solve_VariableAndOption_TheOptionWins()
    {
        using TemporaryFolder folder = new();
        string problem = SmallProblem.Write(folder, "--rows", "8", "--rank", "1");
        Assert.StartsWith("OpenBlas", Blas([]), StringComparison.Ordinal);
        Assert.StartsWith("managed", Blas(["--blas", "managed"]), StringComparison.Ordinal);

        string Blas(string[] option)
        {
            ToolRun run = ToolRun.OfChild(
                folder.Path, new() { ["FASTSENSING_BLAS"] = "openblas" }, ["solve", problem, "--json", .. option]);
            run.AssertSucceeded();
            return run.Json.GetProperty("blas").GetString()!;
        }
    }

    private static double Bytes(ToolRun run) => run.Json.GetProperty("allocatedBytesPerIteration").GetDouble();

    private static void AssertAgrees(string method, string backEnd, string name)
    {
        using TemporaryFolder folder = new();
        MethodDescription<double> description = MethodCatalog<double>.All.First(row => row.Name == method);
        string[] structure = description.Structure == MatrixStructure.Symmetric ? ["--symmetric"] : [];
        string[] kind = description.NeedsEntries ? ["--kind", "entries"] : [];
        string problem = SmallProblem.Write(folder, ["--rows", "16", "--rank", "2", .. structure, .. kind]);
        ToolRun managed = Solve("managed");
        ToolRun native = Solve(backEnd);
        Assert.StartsWith(name, native.Json.GetProperty("blas").GetString(), StringComparison.Ordinal);
        Assert.Contains("BLAS: " + name, native.Error, StringComparison.Ordinal);

        // A collection by another thread while this one is in native code can be counted as bytes of a step; what a step
        // allocates itself is in every run.
        double bytes = Bytes(native);
        for (int again = 0; again < 2 && bytes > 0; again++)
        {
            bytes = Math.Min(bytes, Bytes(Solve(backEnd)));
        }

        Assert.Equal(0, bytes);

        // Sixty steps that contract: rounding in another order stays near the rounding unit times the number of steps.
        double expected = managed.Json.GetProperty("relativeResidual").GetDouble();
        double actual = native.Json.GetProperty("relativeResidual").GetDouble();
        Assert.True(
            Math.Abs(actual - expected) <= 1e-10,
            string.Create(CultureInfo.InvariantCulture, $"{method} on {backEnd}: {actual:e3}, managed {expected:e3}"));

        ToolRun Solve(string blas)
        {
            ToolRun run = ToolRun.Of(["solve", problem, "--method", method, "--rank", "2", "--iterations", "60", "--blas", blas, "--json", .. structure]);
            run.AssertSucceeded();
            return run;
        }
    }
}
