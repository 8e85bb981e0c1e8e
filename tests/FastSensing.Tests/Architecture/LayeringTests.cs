using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>Who may import whom. The projects' references enforce the big steps, this class the ones inside a project.</summary>
public partial class LayeringTests
{
    private static readonly string[] Routines =
    [
        "FastSensing.Kernels", "FastSensing.Kernels.Level1", "FastSensing.Kernels.Gemv", "FastSensing.Kernels.Gemm",
        "FastSensing.Kernels.Trsm", "FastSensing.Kernels.Potrf", "FastSensing.Kernels.Sensing",
        "FastSensing.Kernels.Threading", "FastSensing.Kernels.Memory", "FastSensing.Kernels.Simd",
    ];

    /// <summary>Folder below src (two levels at most) to the namespaces it may import, besides its own and the BCL's.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["FastSensing.Kernels/Memory"] = [],
        ["FastSensing.Kernels/Simd"] = [],
        ["FastSensing.Kernels/Threading"] = Kernels("Memory"),
        ["FastSensing.Kernels/Level1"] = Kernels("Simd", "Memory"),
        ["FastSensing.Kernels/Gemv"] = Kernels("Simd", "Memory", "Threading", "Level1"),
        ["FastSensing.Kernels/Gemm"] = Kernels("Simd", "Memory", "Threading", "Level1", "Gemv"),
        ["FastSensing.Kernels/Trsm"] = Kernels("Simd", "Memory", "Threading", "Level1", "Gemm"),
        ["FastSensing.Kernels/Potrf"] = Kernels("Simd", "Memory", "Threading", "Level1", "Gemm", "Trsm"),
        ["FastSensing.Kernels/Sensing"] = Kernels("Simd", "Memory", "Level1"),
        ["FastSensing.Kernels"] = Routines,

        ["FastSensing.Native/Loading"] = ["FastSensing.Native"],
        ["FastSensing.Native/Cblas"] = ["FastSensing.Native.Loading"],
        ["FastSensing.Native"] = [.. Kernels("Memory"), "FastSensing.Native.Loading", "FastSensing.Native.Cblas"],

        ["FastSensing/Sampling"] = [],
        ["FastSensing/Operators"] = Core(Kernels("Memory", "Sensing"), "Sampling"),
        ["FastSensing/Problems"] = Core(Kernels("Memory"), "Operators", "Sampling"),
        ["FastSensing/Decompositions"] = Kernels("Memory"),
        ["FastSensing/Initialization"] = Core(Kernels("Memory"), "Operators", "Problems", "Sampling", "Decompositions"),
        ["FastSensing/Diagnostics"] = Core(Kernels("Memory"), "Operators", "Problems", "Sampling", "Decompositions"),
        ["FastSensing/Solvers"] =
            Core(Kernels("Memory"), "Operators", "Problems", "Sampling", "Decompositions", "Initialization", "Diagnostics"),
        ["FastSensing/IO"] = Core(Kernels("Memory"), "Operators", "Problems", "Solvers"),
        ["FastSensing"] =
            Core(Kernels("Memory"), "Operators", "Problems", "Sampling", "Decompositions", "Initialization", "Diagnostics", "Solvers"),
    };

    public static TheoryData<string> LibraryFolders =>
        [.. Repository.Sources("src").Select(Folder).Distinct().Where(f => !f.StartsWith("FastSensing.Cli", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(LibraryFolders))]
    public void Folder_OfALibrary_ImportsOnlyTheLayersBelowIt(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out string[]? allowed), $"{folder} has no row in {nameof(LayeringTests)}.");
        string own = folder.Replace('/', '.');
        string[] outside =
        [
            .. from path in Repository.Sources("src")
               where Folder(path) == folder
               from imported in Imports(path)
               where imported != own && !imported.StartsWith(own + ".", StringComparison.Ordinal) && !allowed.Contains(imported)
               select $"{path} imports {imported}",
        ];
        Violations.None(outside);
    }

    [Fact]
    public void Names_InLibraries_AreImportedRatherThanQualified()
    {
        string[] qualified =
        [
            .. from path in Repository.Sources("src")
               from Match match in QualifiedNames().Matches(Code(path))
               select $"{path}: {match.Value}",
        ];
        Violations.None(qualified);
    }

    [Theory]
    [InlineData("FastSensing.Kernels")]
    [InlineData("FastSensing", "FastSensing.Kernels")]
    [InlineData("FastSensing.Native", "FastSensing.Kernels")]
    public void Project_OfALibrary_ReferencesOnlyTheProjectsBelowIt(string project, params string[] expected)
    {
        IEnumerable<string> references = ProjectReferences()
            .Matches(Repository.Read($"src/{project}/{project}.csproj"))
            .Select(m => m.Groups["name"].Value);
        Assert.Equal(expected, references);
    }

    private static string[] Kernels(params string[] folders) => ["FastSensing.Kernels", .. folders.Select(f => "FastSensing.Kernels." + f)];

    private static string[] Core(string[] kernels, params string[] folders) => [.. kernels, .. folders.Select(f => "FastSensing." + f)];

    /// <summary>src/Project/Layer/Deeper/File.cs to Project/Layer.</summary>
    private static string Folder(string path) => string.Join('/', path.Split('/')[1..^1].Take(2));

    // The namespaces of using directives, and those of layers named in the code (Gemm.GemmDriver, Level1.Dot).
    private static IEnumerable<string> Imports(string path)
    {
        string code = Code(path);
        string project = path.Split('/')[1];
        IEnumerable<string> layers = Allowed.Keys
            .Where(k => k.StartsWith(project + "/", StringComparison.Ordinal))
            .Select(k => k.Replace('/', '.'))
            .Where(k => Regex.IsMatch(code, $@"(?<![\w.]){k.Split('.')[^1]}[.][A-Z]"));
        return UsingDirectives().Matches(code).Select(m => m.Groups["name"].Value).Concat(layers);
    }

    private static string Code(string path) => CommentsAndStrings().Replace(Repository.Read(path), "");

    [GeneratedRegex(@"//[^\n]*|\$?""(\\.|[^""\n])*""")]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>FastSensing[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex UsingDirectives();

    [GeneratedRegex(@"^(?!using |namespace ).*(?<!\w)FastSensing[.]\w+", RegexOptions.Multiline)]
    private static partial Regex QualifiedNames();

    [GeneratedRegex("<ProjectReference Include=\"[^\"]*/(?<name>[^/\"]*)[.]csproj\"")]
    private static partial Regex ProjectReferences();
}
