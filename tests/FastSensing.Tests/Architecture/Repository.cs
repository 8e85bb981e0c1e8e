using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>The working copy that the tests run in: its root, and the files in it that people wrote.</summary>
internal static partial class Repository
{
    /// <summary>The folder of FastSensing.sln, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The text of a file, given by its path from the root.</summary>
    /// <param name="path">Path with forward slashes.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>The C# files below one folder of the root, as paths from the root with forward slashes.</summary>
    /// <param name="folder">src, tests or benchmarks.</param>
    public static IEnumerable<string> Sources(string folder) => Files(folder).Where(p => p.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>All files below one folder of the root that are not build output.</summary>
    /// <param name="folder">The folder; "" for the root.</param>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
            .Where(p => p != ".git" && !OutputFolders().IsMatch("/" + p))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FastSensing.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no FastSensing.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("/(bin|obj|artifacts|TestResults|BenchmarkDotNet.Artifacts|[.]git|[.]vs|[.]idea|__pycache__)/")]
    private static partial Regex OutputFolders();
}
