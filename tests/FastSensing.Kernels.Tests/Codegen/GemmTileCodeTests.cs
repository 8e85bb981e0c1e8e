using System.Text.RegularExpressions;
using FastSensing.Testing.Files;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>
/// The compiled k loop of the main Gemm tile, as the JIT lists it in a child process: as many multiply-adds as the tile
/// has registers, nothing on the stack, no calls, no moves between vector registers.
/// </summary>
public sealed partial class GemmTileCodeTests
{
    [TagFact("Simd512")]
    public void GemmTile_Simd512_KeepsEightByThreeSumsInRegisters() => AssertTile("Simd512", rows: 8, []);

    [TagFact("Simd256")]
    public void GemmTile_Simd256_KeepsFourByThreeSumsInSixteenRegisters() =>
        AssertTile("Simd256", rows: 4, new() { ["DOTNET_EnableAVX512"] = "0" });

    [TagFact("Simd128")]
    public void GemmTile_Simd128WithoutFma_KeepsFourByThreeSumsInSixteenRegisters() =>
        AssertTile("Simd128", rows: 4, new() { ["DOTNET_EnableAVX2"] = "0" });

    private static void AssertTile(string tag, int rows, Dictionary<string, string?> switches)
    {
        foreach (string type in (string[])["Double", "Single"])
        {
            string loop = KLoop(Listing(tag, type, switches), $"{tag}`1", rows);
            int fused = FusedMultiplyAdd().Count(loop);
            int separate = Math.Min(Multiply().Count(loop), Add().Count(loop));
            Assert.True(fused + separate == 3 * rows, $"{tag} {type}: {fused} fused and {separate} separate multiply-adds in\n{loop}");
            Assert.False(Stack().IsMatch(loop), $"{tag} {type}: stack traffic in\n{loop}");
            Assert.DoesNotContain("call", loop, StringComparison.Ordinal);
            Assert.False(RegisterMove().IsMatch(loop), $"{tag} {type}: register moves in\n{loop}");
        }
    }

    private static string Listing(string tag, string type, Dictionary<string, string?> switches)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "listing.txt");
        var environment = new Dictionary<string, string?>(switches)
        {
            ["DOTNET_JitDisasm"] = "*GemmTile*:Run",
            ["DOTNET_JitStdOutFile"] = file,
        };
        ChildResult child = ChildProcess.Run(typeof(GemmTileCodeTests).Assembly.Location, environment, "jit", tag, type);
        Assert.True(child.ExitCode == 0, child.Tail);
        return File.ReadAllText(file);
    }

    /// <summary>The block of the main tile (rows x 3 registers, no mask) that multiplies and jumps back to its own label.</summary>
    private static string KLoop(string listing, string tag, int rows)
    {
        string method = listing.Split("; Assembly listing for method ").Single(part =>
            part.Contains(tag, StringComparison.Ordinal)
            && part.Contains($"N{rows},FastSensing.Kernels.Simd.N3,FastSensing.Kernels.Simd.N0]:Run", StringComparison.Ordinal));
        Assert.Contains("FullOpts", method, StringComparison.Ordinal);
        foreach (string block in BlockStart().Split(method))
        {
            Match label = Label().Match(block);
            bool loops = label.Success && Regex.IsMatch(block, $@"\sj[a-z]+\s+(SHORT )?{label.Value}\b");
            if (loops && (FusedMultiplyAdd().IsMatch(block) || Multiply().IsMatch(block)))
            {
                return block;
            }
        }

        Assert.Fail($"no k loop found in\n{method}");
        return "";
    }

    [GeneratedRegex(@"\n(?=G_M\d+_IG\d+:)")]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^G_M\d+_IG\d+")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bvfn?madd\d+p[sd]\b")]
    private static partial Regex FusedMultiplyAdd();

    [GeneratedRegex(@"\bv?mulp[sd]\b")]
    private static partial Regex Multiply();

    [GeneratedRegex(@"\bv?addp[sd]\b")]
    private static partial Regex Add();

    [GeneratedRegex(@"\[r[bs]p\b")]
    private static partial Regex Stack();

    [GeneratedRegex(@"\bv?movap[sd]\s+[xyz]mm\d+, [xyz]mm\d+")]
    private static partial Regex RegisterMove();
}
