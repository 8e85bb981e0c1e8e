using System.Text.RegularExpressions;
using FastSensing.Solvers.Methods;
using FastSensing.Tests.Architecture;

namespace FastSensing.Tests;

/// <summary>README.md says what is so: its examples are code that runs, its methods those of the catalog.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void Examples_OfTheReadme_AreCodeThatRuns()
    {
        string[] blocks = [.. CodeBlocks().Matches(Repository.Read("README.md")).Select(m => m.Groups["code"].Value)];
        Assert.Equal(3, blocks.Length);
        foreach ((string block, string example) in blocks.Zip((string[])["GemmExample", "CompletionExample", "SensingExample"]))
        {
            string source = Repository.Read($"tests/FastSensing.Tests/Readme/{example}.cs");
            string[] parts = block.Split("\n\n", 2);
            Assert.Equal(source.Split("\n\n", 2)[0], parts[0]); // The imports: all that the compiled file has, and no others.
            Assert.Contains(parts[1], Indentation().Replace(source, ""), StringComparison.Ordinal);
            Assert.True(parts[1].Split('\n').Length > 3, block);
        }
    }

    [Fact]
    public void Methods_OfTheReadme_AreThoseOfTheCatalog() =>
        Assert.Equal(
            MethodCatalog<double>.All.Select(m => $"{m.Name}: {m.Title}: {m.Paper}"),
            MethodRows().Matches(Repository.Read("README.md")).Select(m => $"{m.Groups["name"]}: {m.Groups["title"]}: {m.Groups["paper"]}"));

    /// <summary>Steps to 1e-6 at both condition numbers are the measured ones.</summary>
    [Fact]
    public void Iterations_OfTheReadme_AreThoseOfTheComparison()
    {
        ILookup<string, string> measured = ComparedRows().Matches(Repository.Read("benchmarks/results/compare.md"))
            .ToLookup(m => m.Groups["title"].Value, m => m.Groups["steps"].Value.Replace(",", string.Empty, StringComparison.Ordinal));
        Assert.Equal(
            MethodCatalog<double>.All.Select(m => $"{m.Name}: {string.Join(", ", measured[m.Title])}"),
            MethodRows().Matches(Repository.Read("README.md")).Select(m => $"{m.Groups["name"]}: {m.Groups["steps"]}"));
    }

    // Of a method's body.
    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"^[|] `(?<name>[a-z]+(-[a-z]+)+)` [|] (?<title>[^|]*) [|] .* [|] (?<steps>[^|]*) [|] (?<paper>[^|]*) [|]$", RegexOptions.Multiline)]
    private static partial Regex MethodRows();

    // Title, and the steps to 1e-6, the third column.
    [GeneratedRegex(@"^[|] (?<title>[^|]*) [|] [^|]* [|] (?<steps>[^| ]*)[^|]* [|] [^|]* [|] [^|]* [|] [^|]* in ", RegexOptions.Multiline)]
    private static partial Regex ComparedRows();
}
