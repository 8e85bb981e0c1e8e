using FastSensing.Cli.Benchmarking.Peers;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>Which ratios are flagged.</summary>
public sealed class KernelLevelsTests
{
    [Theory]
    [InlineData("SkylakeX", "Simd512")]
    [InlineData("Cooperlake", "Simd512")]
    [InlineData("avx512", "Simd512")]
    [InlineData("skx", "Simd512")]
    [InlineData("Haswell", "Simd256")]
    [InlineData("Zen", "Simd256")]
    [InlineData("avx2", "Simd256")]
    [InlineData("Nehalem", "Simd128")]
    public void Flag_SameWidth_IsNone(string core, string isa) => Assert.Null(Flag(core, isa));

    [Theory]
    [InlineData("Prescott", "Simd512")]
    [InlineData("Haswell", "Simd512")]
    [InlineData("generic", "Simd256")]
    [InlineData("def", "Simd512")]
    [InlineData("Prescott", "Simd256")]
    public void Flag_NarrowerThanOurs_SaysWrongCore(string core, string isa)
    {
        string? flag = Flag(core, isa);
        Assert.Contains("WRONG CORE", flag, StringComparison.Ordinal);
        Assert.Contains(core, flag, StringComparison.Ordinal);
        Assert.Contains(isa, flag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SkylakeX", "Simd256")]
    [InlineData("Haswell", "Scalar")]
    public void Flag_WiderThanOurs_SaysUnequal(string core, string isa) =>
        Assert.Contains("UNEQUAL", Flag(core, isa), StringComparison.Ordinal);

    [Fact]
    public void Flag_NameNobodyKnows_SaysSo() => Assert.Contains("unknown core 'quantum'", Flag("quantum", "Simd512"), StringComparison.Ordinal);

    [Fact]
    public void Flag_MoreThreadsThanOurs_SaysSo() =>
        Assert.Contains("8 threads against 1", KernelLevels.Flag(new("blis", "1", "skx", 8, []), "gemm", "Simd512", 1), StringComparison.Ordinal);

    [Fact]
    public void Flag_RoutineThatThePeerLacks_SaysSo()
    {
        PeerDescription peer = new("blis", "1", "skx", 1, ["potrf"]);
        Assert.Contains("blis has no potrf", KernelLevels.Flag(peer, "potrf", "Simd512", 1), StringComparison.Ordinal);
        Assert.DoesNotContain("potrf", KernelLevels.Flag(peer, "gemm", "Simd512", 1) ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libmkl_avx512.so", "avx512")]
    [InlineData("libmkl_avx512.so.2", "avx512")]
    [InlineData("libmkl_avx2.so", "avx2")]
    [InlineData("libmkl_def.so", "def")]
    [InlineData("libmkl_mc3.so", "mc3")]
    [InlineData("libmkl_core.so", null)]
    public void MklKernels_InTheMapsOfAProcess_AreFound(string library, string? expected) =>
        Assert.Equal(expected, MklKernels.Find(["7f00-7f01 r-xp 00000000 08:01 1 /lib/libmkl_vml_avx2.so", $"7f02-7f03 r-xp 00000000 08:01 2 /lib/{library}"]));

    private static string? Flag(string core, string isa) => KernelLevels.Flag(new("peer", "1", core, 1, []), "gemm", isa, 1);
}
