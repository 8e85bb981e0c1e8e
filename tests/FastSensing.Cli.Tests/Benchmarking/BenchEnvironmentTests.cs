using FastSensing.Cli.Benchmarking.Surroundings;

namespace FastSensing.Cli.Tests.Benchmarking;

/// <summary>Which process a row needs, and what that process is given.</summary>
public sealed class BenchEnvironmentTests
{
    [Theory]
    [InlineData("Simd512", "SkylakeX")]
    [InlineData("Simd256", "Haswell")]
    public void For_OpenBlas_NamesTheCoreThatSuitsTheTag(string isa, string core) =>
        Assert.Equal(core, BenchEnvironment.For(isa, ["openblas"], null).ForPeers[BenchEnvironment.OpenBlasCore]);

    [Fact]
    public void For_AnExplicitCore_TakesIt() =>
        Assert.Equal("Prescott", BenchEnvironment.For("Simd512", ["openblas"], "Prescott").ForPeers[BenchEnvironment.OpenBlasCore]);

    [Fact]
    public void For_OtherPeers_LeavesOpenBlasAlone() => Assert.Empty(BenchEnvironment.For("Simd512", ["mkl"], "Prescott").ForPeers);

    [Theory]
    [InlineData("Simd512", "skx")]
    [InlineData("Simd256", "haswell")]
    public void For_Blis_NamesTheKernelsThatSuitTheTag(string isa, string kernels) =>
        Assert.Equal(kernels, BenchEnvironment.For(isa, ["blis"], null).ForPeers["BLIS_ARCH_TYPE"]);

    [Theory]
    [InlineData("Simd512", null, null)]
    [InlineData("Simd512", "SkylakeX", null)]
    [InlineData("Simd512", "Haswell", "OPENBLAS_CORETYPE=SkylakeX instead of Haswell")]
    [InlineData("Simd256", null, "Simd512 instead of Simd256")]
    public void ReasonForAnother_InAProcess_IsWhatDiffers(string isa, string? core, string? expected) =>
        Assert.Equal(
            expected,
            BenchEnvironment.For("Simd512", ["openblas"], null).ReasonForAnother(isa, name => name == BenchEnvironment.OpenBlasCore ? core : null));

    [Theory]
    [InlineData("Simd512", null, null, null)]
    [InlineData("Simd256", "0", null, null)]
    [InlineData("Simd128", null, "0", null)]
    [InlineData("Scalar", null, null, "0")]
    public void ForProcess_OfATag_HasItsSwitchAndNoOther(string isa, string? avx512, string? avx2, string? intrinsics)
    {
        IReadOnlyDictionary<string, string?> variables = BenchEnvironment.For(isa, [], null).ForProcess;
        Assert.Equal(avx512, variables["DOTNET_EnableAVX512"]);
        Assert.Equal(avx2, variables["DOTNET_EnableAVX2"]);
        Assert.Equal(intrinsics, variables["DOTNET_EnableHWIntrinsic"]);
    }
}
