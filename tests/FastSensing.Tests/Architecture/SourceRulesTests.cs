using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>What can be seen from the text of a source file: sizes, names, and where CPU features are read.</summary>
public partial class SourceRulesTests
{
    private const int MostLines = 300;
    private const int MostLinesOfAFunction = 50;
    private const int MostParameters = 7;
    private const string Simd = "src/FastSensing.Kernels/Simd/";

    private static IEnumerable<string> Everywhere => ["src", "tests", "benchmarks"];

    private static IEnumerable<string> Sources => Everywhere.SelectMany(Repository.Sources);

    [Fact]
    public void File_OfAnyProject_HasAtMost300Lines() =>
        Violations.None(
            from path in Sources
            let lines = Repository.Read(path).TrimEnd().Count(c => c == '\n') + 1
            where lines > MostLines
            select $"{path} has {lines} lines");

    [Fact]
    public void File_OfAnyProject_HasOnePublicTypeOfItsName() =>
        Violations.None(
            from path in Sources
            let isTest = path.StartsWith("tests/", StringComparison.Ordinal)
            let names = PublicTypes().Matches(Repository.Read(path))
                .Where(m => !(isTest && OneLineSubclasses().IsMatch(m.Value)))
                .Select(m => m.Groups["name"].Value).Distinct().ToArray()
            where names.Length > 1 || (names.Length == 1 && names[0] != Path.GetFileNameWithoutExtension(path))
            select $"{path} declares {string.Join(", ", names)}");

    [Fact]
    public void Namespace_OfALibraryFile_IsItsFolder() =>
        Violations.None(
            from path in Repository.Sources("src")
            let folder = string.Join('.', path.Split('/')[1..^1])
            let declared = Namespaces().Match(Repository.Read(path)).Groups["name"].Value
            where declared.Length > 0 && declared != folder && !IsInAFolderNamedLikeItsClass(path, declared)
            select $"{path} is in {declared}");

    [Fact]
    public void Function_InSources_HasAtMost50Lines() =>
        Violations.None(
            from path in Repository.Sources("src").Concat(Repository.Sources("benchmarks"))
            from function in Functions(Repository.Read(path))
            where function.Lines > MostLinesOfAFunction && !function.Header.Contains("AggressiveOptimization", StringComparison.Ordinal)
            select $"{path}: {function.Lines} lines: {function.Header.Trim()}");

    [Fact]
    public void Function_InSources_HasAtMost7Parameters() =>
        Violations.None(
            from path in Repository.Sources("src").Concat(Repository.Sources("benchmarks"))
            from Match match in Signatures().Matches(Repository.Read(path))
            let parameters = Parameters(match.Groups["parameters"].Value)
            where parameters > MostParameters
            select $"{path}: {parameters} parameters: {match.Groups["name"].Value}");

    [Fact]
    public void Files_OfTheRepository_AvoidRegionsAndJunkDrawers() =>
        Violations.None(Sources.Where(p => JunkDrawers().IsMatch(p) || Regions().IsMatch(Repository.Read(p))));

    [Fact]
    public void CpuFeatures_OfTheLibraries_AreReadInSimdOnly() =>
        Violations.None(
            from path in Repository.Sources("src")
            where !path.StartsWith(Simd, StringComparison.Ordinal) && CpuFeatures().IsMatch(Repository.Read(path))
            select path);

    [Fact]
    public void ElementType_OfKernelsAndSolvers_IsAskedForInSimdOnly() =>
        Violations.None(
            from path in Repository.Sources("src/FastSensing.Kernels").Concat(Repository.Sources("src/FastSensing"))
            where !path.StartsWith(Simd, StringComparison.Ordinal)
            from Match match in TypeBranches().Matches(Repository.Read(path))
            select $"{path}: {match.Value}");

    [Fact]
    public void Functions_OfASample_AreCountedInLinesAndParameters()
    {
        const string Sample = "class C\n{\n    int F(\n        int a,\n        (int, int) b)\n    {\n        return a;\n    }\n}\n";
        (string header, int lines) = Assert.Single(Functions(Sample));
        Assert.Contains("F(", header, StringComparison.Ordinal);
        Assert.Equal(6, lines);
        Assert.Equal(2, Parameters("int a, (int, int) b"));
        Assert.Equal(0, Parameters(" "));
    }

    // FastSensing.Kernels.Level1 cannot be a namespace and a class at once: what is in such a folder stands in the parent's namespace.
    private static bool IsInAFolderNamedLikeItsClass(string path, string declared)
    {
        string[] parts = path.Split('/');
        string eponym = Path.Combine([Repository.Root, .. parts[..^1], parts[^2] + ".cs"]);
        return File.Exists(eponym) && declared == string.Join('.', parts[1..^2]);
    }

    // A function is a block at the indentation of a member whose header names no type; dotnet format keeps it there.
    private static IEnumerable<(string Header, int Lines)> Functions(string source)
    {
        string[] lines = source.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            string indentation = lines[i].Length > 0 ? lines[i][..^1] : "";
            if (indentation is not ("    " or "        ") || lines[i][^1] != '{')
            {
                continue;
            }

            int start = i;
            while (start > 0 && !HeaderEnds().IsMatch(lines[start - 1]))
            {
                start--;
            }

            string header = string.Join(' ', lines[start..i]);
            if (header.Contains('(', StringComparison.Ordinal) && !TypeHeaders().IsMatch(header) && !Statements().IsMatch(header))
            {
                yield return (header, Array.FindIndex(lines, i, l => l == indentation + "}" || l == indentation + "};") - start + 1);
            }
        }
    }

    private static int Parameters(string list)
    {
        int depth = 0;
        int commas = 0;
        foreach (char c in list)
        {
            depth += c is '(' or '<' or '[' ? 1 : c is ')' or '>' or ']' ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
        }

        return string.IsNullOrWhiteSpace(list) ? 0 : commas + 1;
    }

    [GeneratedRegex(
        @"^public [\w ]*?(class|struct|interface|enum|record struct|record|delegate [\w<>\[\]?]+) (?<name>\w+).*$", RegexOptions.Multiline)]
    private static partial Regex PublicTypes();

    // A contract of tests is put to use by one line for each thing it is kept by.
    [GeneratedRegex(@" : .*;$")]
    private static partial Regex OneLineSubclasses();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(
        @"^ {4,8}(public|private|internal|protected)[\w<>\[\],.?* ]*? (?<name>\w+)(<[\w, ]+>)?\((?<parameters>[^;{}=]*?)\)\s*(where|=>|\{|;|:)",
        RegexOptions.Multiline)]
    private static partial Regex Signatures();

    [GeneratedRegex(@"^\s*$|[;{}]\s*$|^\s*///")]
    private static partial Regex HeaderEnds();

    [GeneratedRegex(@"(^|\s)(class|struct|interface|enum|record|namespace)\s")]
    private static partial Regex TypeHeaders();

    [GeneratedRegex(@"^\s*(if|for|foreach|while|switch|using|fixed|lock|unsafe|else|catch)\b")]
    private static partial Regex Statements();

    [GeneratedRegex(@"/(Utils?|Helpers?|Common|Misc)/", RegexOptions.IgnoreCase)]
    private static partial Regex JunkDrawers();

    [GeneratedRegex(@"^\s*#(end)?region", RegexOptions.Multiline)]
    private static partial Regex Regions();

    [GeneratedRegex("[.](IsSupported|IsHardwareAccelerated)\\b")]
    private static partial Regex CpuFeatures();

    [GeneratedRegex(@"typeof\(T\) [=!]=.*|[=!]= typeof\(T\).*")]
    private static partial Regex TypeBranches();
}
