using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>build.sh, build.ps1, the help of each and the README name the same verbs.</summary>
public partial class BuildVerbsTests
{
    private static readonly string[] Verbs =
        ["bench", "build", "ci", "clean", "coverage", "demo", "format", "help", "pack", "restore", "run", "test", "test-arm64", "test-isa"];

    [Fact]
    public void BuildSh_Cases_AreTheVerbs() =>
        Assert.Equal(Verbs, Names(ShellCases(), Repository.Read("build.sh")[Repository.Read("build.sh").LastIndexOf("case $verb", StringComparison.Ordinal)..]));

    [Fact]
    public void BuildPs1_Cases_AreTheVerbs() => Assert.Equal(Verbs, Names(PowerShellCases(), Repository.Read("build.ps1")));

    [Theory]
    [InlineData("build.sh")]
    [InlineData("build.ps1")]
    public void Help_OfAScript_ListsTheVerbs(string script) =>
        Assert.Equal(Verbs.Where(v => v != "help"), Names(HelpLines(), Repository.Read(script)));

    [Fact]
    public void Help_OfBothScripts_SaysTheSame() =>
        Assert.Equal(Lines(HelpLines(), Repository.Read("build.sh")), Lines(HelpLines(), Repository.Read("build.ps1")));

    [Fact]
    public void Readme_Verbs_AreTheScripts() =>
        Assert.Equal(Verbs.Where(v => v != "help"), Names(ReadmeVerbs(), Repository.Read("README.md")));

    [Theory]
    [InlineData(".ci/run")]
    [InlineData(".github/workflows/ci.yml")]
    public void ContinuousIntegration_Calls_OnlyTheVerbs(string path)
    {
        IEnumerable<string> called = Names(ReadmeVerbs(), Repository.Read(path));
        Assert.Contains("ci", called);
        Assert.Empty(called.Except(Verbs));
    }

    private static IEnumerable<string> Names(Regex pattern, string text) =>
        pattern.Matches(text).Select(m => m.Groups["verb"].Value).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Regex pattern, string text) => pattern.Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"^  (?<verb>[a-z0-9-]+)\)", RegexOptions.Multiline)]
    private static partial Regex ShellCases();

    [GeneratedRegex(@"^    '(?<verb>[a-z0-9-]+)' \{", RegexOptions.Multiline)]
    private static partial Regex PowerShellCases();

    [GeneratedRegex(@"^  (?<verb>[a-z0-9-]+)( [[A-Z\]]+)?  +.*$", RegexOptions.Multiline)]
    private static partial Regex HelpLines();

    [GeneratedRegex(@"[.]/build[.](sh|ps1) (?<verb>[a-z][a-z0-9-]*)")]
    private static partial Regex ReadmeVerbs();
}
