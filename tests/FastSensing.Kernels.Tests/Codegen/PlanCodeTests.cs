using System.Text.RegularExpressions;
using FastSensing.Testing.Files;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>
/// The tile bodies that plans call, as the JIT lists them in a child process: the multiply-adds of the tile in the loop
/// over k, nothing on the stack there, no calls; and in a body of a single tile no other loop and no spilled vector.
/// </summary>
public sealed partial class PlanCodeTests
{
    [TagFact("Simd512")]
    public void Bodies_Simd512_AreTheirLoopOverKAlone() => AssertBodies("Simd512", null, rows: 8, maskedTile: 0);

    /// <summary>The mask of the main tile is the 17th register: it or one sum is kept in memory, the sum read and written once a step.</summary>
    [TagFact("Simd256")]
    public void Bodies_Simd256_AreTheirLoopOverKAlone() => AssertBodies("Simd256", "DOTNET_EnableAVX512", rows: 4, maskedTile: 2);

    private static void AssertBodies(string tag, string? switchedOff, int rows, int maskedTile)
    {
        HashSet<(string Type, string Update, TileCode Code)> single = [];
        List<string> faults = [];
        foreach (CompiledMethod method in Compile(tag, switchedOff))
        {
            Match tile = Tile().Match(method.Name);
            Assert.True(tile.Success, method.Name);
            var code = new TileCode(
                tile.Groups["class"].Value, tile.Groups["rows"].Value[0] - '0', tile.Groups["columns"].Value[0] - '0', tile.Groups["edge"].Value != "Whole");
            bool isSingle = tile.Groups["reach"].Value == "One";
            bool lacksRegister = code.Rows == rows && (code is { Class: "GemmTile", Columns: 3, Masked: true } or { Class: "GemmPairTile", Columns: 2 });
            CompiledLoop[] loops = method.MultiplyingLoops();
            if (loops is not [var loop] || loop.MultiplyAdds != code.MultiplyAdds || loop.Calls > 0 || loop.StackAccesses > (lacksRegister ? maskedTile : 0)
                || (isSingle && !lacksRegister && (Spill().IsMatch(method.Text) || Call().IsMatch(method.Text) || Jump().Count(method.Text) > 2)))
            {
                faults.Add(method.Text);
            }

            if (isSingle)
            {
                single.Add((tile.Groups["type"].Value, tile.Groups["update"].Value, code));
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.Equal(2 * 2 * rows * 3 * 2, single.Count);
    }

    private static CompiledMethod[] Compile(string tag, string? switchedOff)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "listing.txt");
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_EnableHWIntrinsic"] = null,
            ["DOTNET_EnableAVX2"] = null,
            ["DOTNET_EnableAVX512"] = switchedOff == "DOTNET_EnableAVX512" ? "0" : null,
            ["DOTNET_JitDisasm"] = "*GemmTile*:Run *GemmPairTile*:Run",
            ["DOTNET_JitStdOutFile"] = file,
        };
        ChildResult child = ChildProcess.Run(typeof(PlanCodeTests).Assembly.Location, environment, "jit-plan", tag);
        Assert.True(child.ExitCode == 0, child.Tail);
        return CompiledMethod.Parse(File.ReadAllText(file));
    }

    [GeneratedRegex(@"\.(?<class>Gemm\w*Tile)`\d+\[[\w.]*Simd\.\w+`1\[(?<type>double|float)\].*Simd\.N(?<rows>\d),[\w.]*Simd\.N(?<columns>\d)(,[\w.]*\.(?<edge>Whole|Masked)Edge)?,[\w.]*\.(?<update>\w+)Update(,[\w.]*\.(?<reach>One|Many)Tiles?)?\]:Run\(")]
    private static partial Regex Tile();

    [GeneratedRegex(@"\[r[bs]p[^]]*\], [yz]mm|[yz]mm\d+, [yz]mmword ptr \[r[bs]p")]
    private static partial Regex Spill();

    [GeneratedRegex(@"\scall\s")]
    private static partial Regex Call();

    /// <summary>Conditional ones: the loop over k, and the one around it for k = 0.</summary>
    [GeneratedRegex(@"\n\s+j(?!mp)[a-z]+\s")]
    private static partial Regex Jump();
}
