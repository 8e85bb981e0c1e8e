using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Guards;

/// <summary>
/// Indices are computed in 64 bits: every pointer core on operands that reach over more than 2^31 elements, in a child
/// process because an index gone wrong ends it.
/// </summary>
public sealed class FarIndexTests
{
    public static TheoryData<string, string> Runs
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string tag in TagTable.Available)
            {
                rows.Add(tag, "Double");
                rows.Add(tag, "Single");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Kernels_OperandsBeyondTwoToThe31Elements_AreFoundAndExact(string tag, string type)
    {
        ChildResult child = ChildProcess.Run(typeof(FarIndexTests).Assembly.Location, new Dictionary<string, string?>(), "far", tag, type);
        Assert.True(child.ExitCode == 0 && child.Output.TrimEnd().EndsWith("done", StringComparison.Ordinal), $"exit code {child.ExitCode} after:\n{child.Tail}");
    }
}
