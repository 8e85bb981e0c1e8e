using System.Globalization;
using FastSensing.Kernels.Tests.Child;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Guards;

/// <summary>
/// No kernel touches memory outside its operands and its workspace, not even to read: 2,800 random calls of the dense
/// routines and the sensing products in each child process, on buffers that end at a page without access or start behind one.
/// </summary>
public sealed class GuardPageTests
{
    public static TheoryData<string, string, Placement, int> Runs
    {
        get
        {
            var rows = new TheoryData<string, string, Placement, int>();
            int seed = 20;
            foreach (string tag in TagTable.Available)
            {
                foreach (string type in (string[])["Double", "Single"])
                {
                    rows.Add(tag, type, Placement.BeforeGuardPage, seed++);
                    rows.Add(tag, type, Placement.AfterGuardPage, seed++);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Kernels_OperandsAtAGuardPage_StayInside(string tag, string type, Placement placement, int seed)
    {
        ChildResult child = Run(tag, type, "All", placement, seed);
        Assert.True(child.ExitCode == 0 && child.Output.TrimEnd().EndsWith("done", StringComparison.Ordinal), $"exit code {child.ExitCode} after:\n{child.Tail}");
    }

    [Theory]
    [InlineData(Placement.BeforeGuardPage)]
    [InlineData(Placement.AfterGuardPage)]
    public void GuardPage_SteppingOverIt_EndsTheProcess(Placement placement)
    {
        ChildResult child = Run("Scalar", "Double", GuardPageRun.Trespass, placement, 0);
        Assert.Contains("trespassing", child.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, child.ExitCode);
        Assert.DoesNotContain("done", child.Output, StringComparison.Ordinal);
    }

    private static ChildResult Run(string tag, string type, string what, Placement placement, int seed) => ChildProcess.Run(
        typeof(GuardPageTests).Assembly.Location, new Dictionary<string, string?>(), "guard-pages", tag, type, what, placement.ToString(), seed.ToString(CultureInfo.InvariantCulture));
}
