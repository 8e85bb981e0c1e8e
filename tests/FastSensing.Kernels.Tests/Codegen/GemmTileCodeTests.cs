using System.Text.RegularExpressions;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
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
    public void GemmTile_Simd512_KeepsEightByThreeSumsInRegisters() => AssertTile<N8>("Simd512", [], stackAccesses: 0);

    [TagFact("Simd256")]
    public void GemmTile_Simd256_KeepsFourByThreeSumsInSixteenRegisters() =>
        AssertTile<N4>("Simd256", new() { ["DOTNET_EnableAVX512"] = "0" }, stackAccesses: 0);

    /// <summary>Without a fused instruction the product needs a register of its own, the 17th: one sum is kept in memory, read and written once.</summary>
    [TagFact("Simd128")]
    public void GemmTile_Simd128WithoutFma_KeepsAllSumsButOneInSixteenRegisters() =>
        AssertTile<N4>("Simd128", new() { ["DOTNET_EnableAVX2"] = "0" }, stackAccesses: 2);

    private static unsafe void AssertTile<TRows>(string tag, Dictionary<string, string?> switches, int stackAccesses)
        where TRows : unmanaged
    {
        string tile = $"{typeof(TRows).FullName},{typeof(N3).FullName},{typeof(WholeEdge).FullName}]:Run";
        foreach (string type in (string[])["Double", "Single"])
        {
            string loop = KLoop(Listing(tag, type, switches), tile);
            int fused = FusedMultiplyAdd().Count(loop);
            int separate = Math.Min(Multiply().Count(loop), Add().Count(loop));
            Assert.True(fused + separate == 3 * sizeof(TRows), $"{tag} {type}: {fused} fused and {separate} separate multiply-adds in\n{loop}");
            Assert.True(Stack().Count(loop) <= stackAccesses, $"{tag} {type}: stack traffic in\n{loop}");
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

    /// <summary>From the label of the block that multiplies to the jump back to that label.</summary>
    private static string KLoop(string listing, string tile)
    {
        string method = Assert.Single(listing.Split("; Assembly listing for method "), part => part.Contains(tile, StringComparison.Ordinal));
        Assert.Contains("FullOpts", method, StringComparison.Ordinal);
        foreach (string block in BlockStart().Split(method))
        {
            Match label = Label().Match(block);
            if (label.Success && (FusedMultiplyAdd().IsMatch(block) || Multiply().IsMatch(block)))
            {
                string rest = method[method.IndexOf(block, StringComparison.Ordinal)..];
                Match jump = Regex.Match(rest, $@"\sj[a-z]+\s+(SHORT )?{label.Value}\b");
                Assert.True(jump.Success, $"the first block that multiplies is not a loop in\n{method}");
                return rest[..jump.Index];
            }
        }

        Assert.Fail($"no multiplication found in\n{method}");
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
