using System.Text.RegularExpressions;

namespace FastSensing.Tests.Architecture;

/// <summary>
/// What the Arm64 lane compiles: kernels for a target that is known, so no file that asks the CPU. Hardware128, which does, has
/// a counterpart there.
/// </summary>
public partial class LaneSourcesTests
{
    private const string Lane = "tests/FastSensing.Arm64Lane/";
    private const string Kernels = "src/FastSensing.Kernels/";

    [Fact]
    public void Files_OfTheLane_AskTheCpuNothing() =>
        Violations.None(Linked().Concat(Repository.Sources(Lane)).Where(path => CpuFeatures().IsMatch(Repository.Read(path))));

    [Theory]
    [InlineData("Simd/Simd128.cs", true)]
    [InlineData("Simd/Scalar.cs", true)]
    [InlineData("Simd/Simd128Lane.cs", true)]
    [InlineData("Gemm/GemmBroadTile.cs", true)]
    [InlineData("Gemm/GemmDriver.cs", true)]
    [InlineData("Gemv/GemvKernel.cs", true)]
    [InlineData("Trsm/TrsmKernel.cs", true)]
    [InlineData("Potrf/PotrfKernel.cs", true)]
    [InlineData("Level1/Level1Kernel.cs", true)]
    [InlineData("Sensing/RowBlockKernel.cs", true)]
    [InlineData("Sensing/EntrySensingCore.cs", true)]
    [InlineData("Simd/Isa.cs", false)]
    [InlineData("Simd/Hardware128.cs", false)]
    [InlineData("Simd/Simd256.cs", false)]
    [InlineData("Simd/Simd512.cs", false)]
    [InlineData("ManagedBlas.cs", false)]
    public void File_OfTheKernels_IsLinkedOrNot(string path, bool expected) => Assert.Equal(expected, Linked().Contains(Kernels + path));

    /// <summary>The project's own list, evaluated: what it includes without what it removes.</summary>
    private static string[] Linked()
    {
        MatchCollection items = Items().Matches(Repository.Read(Lane + "FastSensing.Arm64Lane.csproj"));
        Assert.NotEmpty(items);
        return [.. Repository.Sources(Kernels).Where(path => items.Where(item => Selects(item, path)).Select(item => item.Groups["verb"].Value).LastOrDefault() == "Include")];
    }

    private static bool Selects(Match item, string path) =>
        Regex.IsMatch(path, $"^{Regex.Escape(item.Groups["pattern"].Value).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"<KernelSources (?<verb>Include|Remove)=""\.\./\.\./(?<pattern>[^""]*)""")]
    private static partial Regex Items();

    [GeneratedRegex("[.](IsSupported|IsHardwareAccelerated)\\b")]
    private static partial Regex CpuFeatures();
}
