using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Files;
using FastSensing.Testing.Processes;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>
/// The compiled k loops of the Gemm tiles, as the JIT lists it in a child process: as many multiply-adds as the tile
/// has registers, nothing on the stack, no calls, no moves between vector registers.
/// </summary>
public sealed partial class GemmTileCodeTests
{
    private static readonly ConcurrentDictionary<(string Tag, string Type), string> Listings = new();
    private static readonly Dictionary<string, string?> NoAvx512 = new() { ["DOTNET_EnableAVX512"] = "0" };
    private static readonly Dictionary<string, string?> NoAvx2 = new() { ["DOTNET_EnableAVX2"] = "0" };

    [TagFact("Simd512")]
    public void GemmTile_Simd512_KeepsEightByThreeSumsInRegisters() =>
        AssertTile("Simd512", [], Tile<N8, N3, WholeEdge, GeneralUpdate, ManyTiles>(), 24);

    [TagFact("Simd256")]
    public void GemmTile_Simd256_KeepsFourByThreeSumsInSixteenRegisters() =>
        AssertTile("Simd256", NoAvx512, Tile<N4, N3, WholeEdge, GeneralUpdate, ManyTiles>(), 12);

    /// <summary>Without a fused instruction the product needs a register of its own, the 17th: one sum is kept in memory, read and written once.</summary>
    [TagFact("Simd128")]
    public void GemmTile_Simd128WithoutFma_KeepsAllSumsButOneInSixteenRegisters() =>
        AssertTile("Simd128", NoAvx2, Tile<N4, N3, WholeEdge, GeneralUpdate, ManyTiles>(), 12, stackAccesses: 2);

    [TagFact("Simd512")]
    public void PlannedTile_Simd512_IsALoopOverKAlone()
    {
        AssertTile("Simd512", [], Tile<N8, N3, WholeEdge, OverwriteUpdate, ManyTiles>(), 24);
        AssertTile("Simd512", [], Tile<N8, N2, MaskedEdge, AddUpdate, OneTile>(), 16);
        AssertSingleTile("Simd512", [], Tile<N8, N1, WholeEdge, OverwriteUpdate, OneTile>(), 8);
        AssertSingleTile("Simd512", [], Tile<N8, N1, MaskedEdge, OverwriteUpdate, OneTile>(), 8);
        AssertSingleTile("Simd512", [], Tile<N5, N2, WholeEdge, AddUpdate, OneTile>(), 10);
        AssertSingleTile("Simd512", [], Tile<N4, N1, WholeEdge, OverwriteUpdate, OneTile>(), 4);
    }

    [TagFact("Simd256")]
    public void PlannedTile_Simd256_IsALoopOverKAlone()
    {
        AssertTile("Simd256", NoAvx512, Tile<N4, N3, WholeEdge, OverwriteUpdate, ManyTiles>(), 12);
        AssertSingleTile("Simd256", NoAvx512, Tile<N4, N1, WholeEdge, OverwriteUpdate, OneTile>(), 4);
        AssertSingleTile("Simd256", NoAvx512, Tile<N4, N2, WholeEdge, AddUpdate, OneTile>(), 8);
    }

    private static string Tile<TRows, TColumns, TEdge, TUpdate, TReach>() =>
        string.Join(',', ((Type[])[typeof(TRows), typeof(TColumns), typeof(TEdge), typeof(TUpdate), typeof(TReach)]).Select(type => type.FullName)) + "]:Run";

    private static void AssertTile(string tag, Dictionary<string, string?> switches, string tile, int sums, int stackAccesses = 0)
    {
        foreach (string type in (string[])["Double", "Single"])
        {
            string loop = KLoop(Listing(tag, type, switches), tile);
            int fused = FusedMultiplyAdd().Count(loop);
            int separate = Math.Min(Multiply().Count(loop), Add().Count(loop));
            Assert.True(fused + separate == sums, $"{tag} {type} {tile}: {fused} fused and {separate} separate multiply-adds in\n{loop}");
            Assert.True(Stack().Count(loop) <= stackAccesses, $"{tag} {type} {tile}: stack traffic in\n{loop}");
            Assert.DoesNotContain("call", loop, StringComparison.Ordinal);
            Assert.False(RegisterMove().IsMatch(loop), $"{tag} {type} {tile}: register moves in\n{loop}");
        }
    }

    /// <summary>Nothing around the loop either: no call, no spilled vector, no second jump backwards.</summary>
    private static void AssertSingleTile(string tag, Dictionary<string, string?> switches, string tile, int sums)
    {
        AssertTile(tag, switches, tile, sums);
        foreach (string type in (string[])["Double", "Single"])
        {
            string code = Method(Listing(tag, type, switches), tile);
            Assert.Equal(sums, FusedMultiplyAdd().Count(code));
            Assert.DoesNotContain("call ", code, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"[xyz]mm\d+, [xyz]mmword ptr \[r[bs]p|\[r[bs]p[^]]*\], [xyz]mm", code);
            Assert.True(ConditionalJump().Count(code) <= 2, $"{tag} {type} {tile}: more jumps than the loop over k and the one around it\n{code}");
        }
    }

    private static string Listing(string tag, string type, Dictionary<string, string?> switches) =>
        Listings.GetOrAdd((tag, type), _ => List(tag, type, switches));

    private static string List(string tag, string type, Dictionary<string, string?> switches)
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

    private static string Method(string listing, string tile)
    {
        string method = Assert.Single(listing.Split("; Assembly listing for method "), part => part.Contains(tile, StringComparison.Ordinal));
        Assert.Contains("FullOpts", method, StringComparison.Ordinal);
        return method;
    }

    /// <summary>From the label of the block that multiplies to the jump back to that label.</summary>
    private static string KLoop(string listing, string tile)
    {
        string method = Method(listing, tile);
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

    [GeneratedRegex(@"\n\s+j(?!mp)[a-z]+\s")]
    private static partial Regex ConditionalJump();

    [GeneratedRegex(@"\[r[bs]p\b")]
    private static partial Regex Stack();

    [GeneratedRegex(@"\bv?movap[sd]\s+[xyz]mm\d+, [xyz]mm\d+")]
    private static partial Regex RegisterMove();
}
