using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>The repository is at home on any machine: no file names a folder of the one it was written on.</summary>
public partial class TrackedFilesTests
{
    private static readonly string[] Binary = [".npy", ".npz", ".png"];

    [Fact]
    public void Files_OfTheRepository_NameNoFolderOfAMachine() =>
        Violations.None(
            from path in Repository.Files("")
            where !Binary.Contains(Path.GetExtension(path))
            from Match match in MachineFolders().Matches(Repository.Read(path))
            select $"{path}: {match.Value}");

    [Theory]
    [InlineData("/home" + "/someone/x", true)]
    [InlineData("C:" + "\\Users\\someone", true)]
    [InlineData("src/home/x", false)]
    [InlineData("https://example.org/work/x", false)]
    public void MachineFolders_AreTold_FromRelativePaths(string text, bool expected) =>
        Assert.Equal(expected, MachineFolders().IsMatch(text));

    [GeneratedRegex(@"(?<![\w.>)}-])/(root|home|Users|work|tmp/\w+)/\S*|[A-Z]:\\\\?Users\\\S*")]
    private static partial Regex MachineFolders();
}
