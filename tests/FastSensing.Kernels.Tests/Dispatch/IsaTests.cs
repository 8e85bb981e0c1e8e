using FastSensing.Kernels.Simd;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Dispatch;

/// <summary>Which tag is dispatched: the one the build script asked for, and the one each of the runtime's switches leaves.</summary>
public sealed class IsaTests
{
    private const string Expectation = "FASTSENSING_EXPECT_ISA";
    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    [Fact]
    public void Isa_InThisProcess_IsTheExpectedOne()
    {
        string? expected = Environment.GetEnvironmentVariable(Expectation);
        Assert.True(expected is null || expected == Isa.Name, $"{Expectation} is {expected}, dispatched is {Isa.Name}");
        Assert.Contains(Isa.Name, TagTable.Available);
    }

    [Fact]
    public void Isa_InAChildWithASwitchOff_IsTheNextTag()
    {
        string full = NameWithout(null);
        Assert.Contains(full, TagTable.All);
        Assert.Equal(full == "Simd512" ? "Simd256" : full, NameWithout("DOTNET_EnableAVX512"));
        Assert.Equal(full is "Simd512" or "Simd256" ? "Simd128" : full, NameWithout("DOTNET_EnableAVX2"));
        Assert.Equal("Scalar", NameWithout("DOTNET_EnableHWIntrinsic"));
    }

    private static string NameWithout(string? switchedOff)
    {
        // A switch that is off for this process already would hide the effect of the others.
        var environment = Switches.ToDictionary(name => name, name => name == switchedOff ? "0" : null);
        ChildResult child = ChildProcess.Run(typeof(IsaTests).Assembly.Location, environment, "isa");
        Assert.True(child.ExitCode == 0, child.Tail);
        return child.Output.Trim();
    }
}
