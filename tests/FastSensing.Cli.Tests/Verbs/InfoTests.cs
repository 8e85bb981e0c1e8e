using System.Runtime.InteropServices;
using System.Text.Json;
using FastSensing.Cli.Inspection;
using FastSensing.Kernels.Simd;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>info, as text and as JSON.</summary>
public sealed class InfoTests
{
    [Fact]
    public void Info_Json_SaysWhatRuns()
    {
        ToolRun run = ToolRun.Of("info", "--json");
        run.AssertSucceeded();
        Assert.Equal(string.Empty, run.Error);
        JsonElement info = run.Json;
        Assert.Equal(Isa.Name, info.GetProperty("isa").GetString());
        Assert.Equal(InstructionSet.HardwareName(Isa.Name, RuntimeInformation.ProcessArchitecture), info.GetProperty("instructionSet").GetString());
        Assert.Equal(Environment.ProcessorCount, info.GetProperty("processors").GetInt32());
        Assert.Contains(Isa.Name, info.GetProperty("backEnds")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(MethodCatalog<double>.All.Count, info.GetProperty("methods").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, info.GetProperty("caches").ValueKind);
        Assert.All(["version", "configuration", "compilation", "architecture", "runtime", "system"], name =>
            Assert.NotEmpty(info.GetProperty(name).GetString()!));
    }

    [Fact]
    public void Info_Text_SaysWhatRuns()
    {
        ToolRun run = ToolRun.Of("info");
        run.AssertSucceeded();
        Assert.Contains($"({Isa.Name})", run.Out, StringComparison.Ordinal);
        Assert.Contains("data caches", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Simd512", Architecture.X64, "AVX-512")]
    [InlineData("Simd256", Architecture.X64, "AVX2")]
    [InlineData("Simd128", Architecture.X64, "SSE")]
    [InlineData("Simd128Lane", Architecture.Arm64, "NEON")]
    [InlineData("Simd128", Architecture.Arm64, "NEON")]
    [InlineData("Simd128", Architecture.Wasm, "128-bit SIMD")]
    [InlineData("Scalar", Architecture.X64, "no SIMD")]
    public void InstructionSet_OfATag_IsCalledAsProcessorsCallIt(string tag, Architecture architecture, string expected) =>
        Assert.Equal(expected, InstructionSet.HardwareName(tag, architecture));

    [Fact]
    public void Version_IsThatOfTheAssembly() =>
        Assert.StartsWith(typeof(CommandLine).Assembly.GetName().Version!.ToString(3), ToolRun.Of("--version").Out, StringComparison.Ordinal);
}
