using System.Text.Json;
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
        Assert.Contains(Isa.Name, run.Out, StringComparison.Ordinal);
        Assert.Contains("data caches", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_IsThatOfTheAssembly() =>
        Assert.StartsWith(typeof(CommandLine).Assembly.GetName().Version!.ToString(3), ToolRun.Of("--version").Out, StringComparison.Ordinal);
}
