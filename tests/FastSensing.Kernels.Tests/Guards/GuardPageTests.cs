using FastSensing.Kernels.Tests.Child;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Guards;

/// <summary>
/// No kernel touches memory outside its operands, not even to read: random calls in child processes, on operands that end
/// at a page without access or start behind one.
/// </summary>
public sealed class GuardPageTests
{
    private const string Calls = "400";

    public static TheoryData<string, string, Placement> Runs
    {
        get
        {
            var rows = new TheoryData<string, string, Placement>();
            foreach (string tag in TagTable.Available)
            {
                foreach (string type in (string[])["Double", "Single"])
                {
                    rows.Add(tag, type, Placement.BeforeGuardPage);
                    rows.Add(tag, type, Placement.AfterGuardPage);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Kernels_OperandsAtAGuardPage_StayInside(string tag, string type, Placement placement)
    {
        ChildResult child = Run(tag, type, "All", placement);
        Assert.True(child.ExitCode == 0 && child.Output.TrimEnd().EndsWith("done", StringComparison.Ordinal), $"exit code {child.ExitCode} after:\n{child.Tail}");
    }

    [Theory]
    [InlineData(Placement.BeforeGuardPage)]
    [InlineData(Placement.AfterGuardPage)]
    public void GuardPage_SteppingOverIt_EndsTheProcess(Placement placement)
    {
        ChildResult child = Run("Scalar", "Double", GuardPageRun.Trespass, placement);
        Assert.Contains("trespassing", child.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, child.ExitCode);
        Assert.DoesNotContain("done", child.Output, StringComparison.Ordinal);
    }

    private static ChildResult Run(string tag, string type, string routine, Placement placement) => ChildProcess.Run(
        typeof(GuardPageTests).Assembly.Location, new Dictionary<string, string?>(), "guard-pages", tag, type, routine, placement.ToString(), Calls);
}
