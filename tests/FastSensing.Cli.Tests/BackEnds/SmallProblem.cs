using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.BackEnds;

/// <summary>A planted problem that every method solves in moments.</summary>
internal static class SmallProblem
{
    public static string Write(TemporaryFolder folder, params string[] arguments)
    {
        string path = folder.File("problem.npz");
        ToolRun.Of(["generate", path, .. arguments]).AssertSucceeded();
        return path;
    }
}
