using System.Text.RegularExpressions;
using FastSensing.Testing.Files;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>
/// The compiled loops of every kernel, as the JIT lists them in a child process: so many multiply-adds as the source says,
/// nothing on the stack, no calls. The k loop of every tile of Gemm is among them: each number of rows with each number of
/// registers, whole and masked, in both precisions; and that of every tile of a solve.
/// </summary>
public sealed partial class KernelCodeTests
{
    /// <summary>The tile of sums along K keeps the mask of its last step and two addresses in memory: the array for its sums takes the registers.</summary>
    private const int DotTile = 3;

    /// <summary>Method to the multiply-adds of its loops.</summary>
    private static readonly Dictionary<string, int[]> Loops = new()
    {
        ["GemvKernel:Rows"] = [1, 4],
        ["GemvKernel:Columns"] = [1, 4],
        ["RowBlockKernel:Dot"] = [4],
        ["RowBlockKernel:Axpy"] = [4],
        ["EntrySensingCore:Forward"] = [1],
        ["EntrySensingCore:Adjoint"] = [1, 1],
        ["EntrySensingCore:ResidualAdjoint"] = [1, 1, 1],
        ["Level1Kernel:Dot"] = [1, 4],
        ["Level1Kernel:Axpy"] = [1],
    };

    /// <summary>The main tile fills the registers; its mask has one of its own.</summary>
    [TagFact("Simd512")]
    public void Loops_Simd512_KeepAllInRegisters() => AssertCode("Simd512", null, rows: 8, wholeTile: 0, maskedTile: 0);

    /// <summary>With 12 sums, 3 registers of B and an element of A, the mask is the 17th: it is read again in every step.</summary>
    [TagFact("Simd256")]
    public void Loops_Simd256_KeepAllButTheMaskOfTheMainTileInRegisters() => AssertCode("Simd256", "DOTNET_EnableAVX512", rows: 4, wholeTile: 0, maskedTile: 1);

    /// <summary>Without a fused instruction the product needs a register of its own, the 17th: one sum is kept in memory, read and written once.</summary>
    [TagFact("Simd128")]
    public void Loops_Simd128WithoutFma_KeepAllSumsButOneInRegisters() => AssertCode("Simd128", "DOTNET_EnableAVX2", rows: 4, wholeTile: 2, maskedTile: 3);

    [TagFact("Scalar")]
    public void Loops_Scalar_KeepAllSumsButOneInRegisters() => AssertCode("Scalar", "DOTNET_EnableAVX512", rows: 4, wholeTile: 2, maskedTile: 2);

    /// <param name="tag">The tag.</param>
    /// <param name="switchedOff">What leaves it the registers it is made for; nothing else is switched off, whatever is in this process.</param>
    /// <param name="rows">Rows of its main tile.</param>
    /// <param name="wholeTile">Stack accesses that the main tile may make for want of a register.</param>
    /// <param name="maskedTile">Those of the main tile with a mask.</param>
    private static void AssertCode(string tag, string? switchedOff, int rows, int wholeTile, int maskedTile)
    {
        CompiledMethod[] methods = Compile(tag, switchedOff);
        List<string> faults = [];
        foreach ((string type, int size) in ((string, int)[])[("double", sizeof(double)), ("float", sizeof(float))])
        {
            HashSet<TileCode> tiles = [];
            HashSet<string> kernels = [];
            HashSet<(int Rows, int Columns)> solves = [];
            foreach (CompiledMethod method in methods.Where(method => ElementType().Match(method.Name).Groups["type"].Value == type))
            {
                Match tile = Tile().Match(method.Name);
                Match triangle = TriangleTile().Match(method.Name);
                if (triangle.Success)
                {
                    (int Rows, int Columns) shape = (triangle.Groups["rows"].Value[0] - '0', triangle.Groups["columns"].Value[0] - '0');
                    solves.Add(shape);
                    Check(method, [shape.Rows * shape.Columns], shape == (4, 3) ? wholeTile : 0, faults);
                }
                else if (tile.Success)
                {
                    TileCode code = CodeOf(tile);
                    tiles.Add(code);
                    int stack = code switch
                    {
                        { Class: "GemmDotTile" } => DotTile,
                        { Class: "GemmPairTile", Columns: 2 } => maskedTile,
                        { Class: "GemmTile", Columns: 3 } when code.Rows == rows => code.Masked ? maskedTile : wholeTile,
                        _ => 0,
                    };
                    Check(method, [code.MultiplyAdds], stack, faults);
                }
                else
                {
                    Match kernel = Kernel().Match(method.Name);
                    string name = $"{kernel.Groups["class"].Value}:{kernel.Groups["method"].Value}";
                    kernels.Add(name);
                    Check(method, Loops[name], 0, faults);
                }
            }

            Assert.Equal(Loops.Keys.Order(), kernels.Order());
            Assert.Equal(9, solves.Count);
            Assert.Equal(TileCode.All(rows, LanesOf(tag, size)).OrderBy(code => code.ToString()), tiles.OrderBy(code => code.ToString()));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static int LanesOf(string tag, int size) => tag switch { "Simd512" => 64 / size, "Simd256" => 32 / size, "Simd128" => 16 / size, _ => 1 };

    private static TileCode CodeOf(Match tile) => new(
        tile.Groups["class"].Value,
        tile.Groups["rows"].Value[0] - '0',
        tile.Groups["columns"].Value[0] - '0',
        tile.Groups["edge"].Value != "Whole");

    private static void Check(CompiledMethod method, int[] multiplyAdds, int stackAccesses, List<string> faults)
    {
        CompiledLoop[] loops = method.MultiplyingLoops();
        int[] found = [.. loops.Select(loop => loop.MultiplyAdds).Order()];
        bool good = method.Name.Contains("FullOpts", StringComparison.Ordinal)
            && found.SequenceEqual(multiplyAdds)
            && loops.All(loop => loop.StackAccesses <= stackAccesses && loop.Calls == 0 && (loop.RegisterMoves == 0 || !method.Name.Contains(".GemmTile`", StringComparison.Ordinal)));
        if (!good)
        {
            string counts = string.Join("; ", loops.Select(loop =>
                $"{loop.MultiplyAdds} multiply-adds, {loop.StackAccesses} stack accesses, {loop.Calls} calls, {loop.RegisterMoves} register moves"));
            faults.Add($"{method.Name}: {counts}; expected {string.Join(", ", multiplyAdds)} multiply-adds and at most {stackAccesses} stack accesses");
        }
    }

    private static CompiledMethod[] Compile(string tag, string? switchedOff)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "listing.txt");
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_EnableHWIntrinsic"] = null,
            ["DOTNET_EnableAVX2"] = switchedOff == "DOTNET_EnableAVX2" ? "0" : null,
            ["DOTNET_EnableAVX512"] = switchedOff == "DOTNET_EnableAVX512" ? "0" : null,
            ["DOTNET_JitDisasm"] = string.Join(' ', Loops.Keys.Select(name => $"*{name.Replace(":", "*:", StringComparison.Ordinal)}").Append("*Gemm*Tile*:Run").Append("*TriangleTile*:Run")),
            ["DOTNET_JitStdOutFile"] = file,
        };
        ChildResult child = ChildProcess.Run(typeof(KernelCodeTests).Assembly.Location, environment, "jit", tag);
        Assert.True(child.ExitCode == 0, child.Tail);
        return CompiledMethod.Parse(File.ReadAllText(file));
    }

    /// <summary>Without an edge: a pair tile, which always has a mask.</summary>
    [GeneratedRegex(@"\.(?<class>Gemm\w*Tile)`\d+\[.*Simd\.N(?<rows>\d),[\w.]*Simd\.N(?<columns>\d)(,[\w.]*\.(?<edge>Whole|Masked)Edge)?\b.*\]:Run\(")]
    private static partial Regex Tile();

    [GeneratedRegex(@"\.TriangleTile`\d+\[.*Simd\.N(?<rows>\d),[\w.]*Simd\.N(?<columns>\d),[\w.]*Step\]:Run\(")]
    private static partial Regex TriangleTile();

    [GeneratedRegex(@"(^|\.)(?<class>\w+)`3\[.*\]:(?<method>\w+)\(")]
    private static partial Regex Kernel();

    [GeneratedRegex(@"\[[\w.]*Simd\.\w+`1\[(?<type>double|float)\]")]
    private static partial Regex ElementType();
}
