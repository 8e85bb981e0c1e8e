namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>What the gate of the Arm64 lane reads out of a listing: a spill, a call and a missing multiply-add are seen.</summary>
public sealed class ArmListingTests
{
    private const string Head = "; Assembly listing for method K:Run(ptr) (FullOpts)\n; FullOpts code\n\nG_M1_IG01:                ;; offset=0x0000\n  stp fp, lr, [sp, #-0x10]!\n";

    private const string Loop =
        "G_M1_IG03:                ;; offset=0x0010\n  ldp     q8, q9, [x1]\n  align   [0 bytes for IG04]\n  ldr     d10, [x2]\n" +
        "  fmla    v0.2d, v8.2d, v10.d[0]\n  fmla    v1.2d, v9.2d, v10.d[0]\n  cbnz    x3, G_M1_IG03\n \nG_M1_IG04:\n  ret     lr\n";

    [Fact]
    public void Loops_OfACleanLoop_AreCountedWithoutLabelsAndPadding()
    {
        ArmLoop loop = Assert.Single(ArmListing.Loops(Head + Loop));
        Assert.Equal("K:Run(ptr) (FullOpts)", loop.Method);
        Assert.Equal("G_M1_IG03", loop.Label);
        Assert.Equal((5, 2, 0, 0, true), (loop.Instructions.Length, loop.MultiplyAdds, loop.StackAccesses, loop.Calls, loop.IsOverElements));
    }

    [Fact]
    public void Loops_WithASpillOrACall_SayHowMany()
    {
        ArmLoop spills = Assert.Single(ArmListing.Loops(Head + Loop.Replace("ldr     d10, [x2]", "ldr     d10, [fp, #0x20]\n  str q0, [sp]", StringComparison.Ordinal)));
        Assert.Equal(2, spills.StackAccesses);
        ArmLoop calls = Assert.Single(ArmListing.Loops(Head + Loop.Replace("ldr     d10, [x2]", "bl      System.Runtime.Intrinsics.Vector128:WithElement", StringComparison.Ordinal)));
        Assert.Equal((1, true), (calls.Calls, calls.IsOverElements));
    }

    [Fact]
    public void Loops_OverBlocksOfOtherKernels_AreNotOverElements()
    {
        ArmLoop driver = Assert.Single(ArmListing.Loops(Head + Loop.Replace("ldr     d10, [x2]", "bl      FastSensing.Kernels.Gemm.GemmTile:Run", StringComparison.Ordinal)));
        Assert.False(driver.IsOverElements);
        Assert.False(new ArmLoop("m", "l", ["add x1, x1, #1", "cbnz x1, l"]).IsOverElements);
    }

    [Fact]
    public void Loops_InsideAnother_AreTheInnermostOnes()
    {
        string nested = Head + "G_M1_IG02:\n  add x0, x0, #1\n" + Loop.Replace("ret     lr", "cmp x0, x9\n  blt     G_M1_IG02\n  ret     lr", StringComparison.Ordinal);
        Assert.Equal("G_M1_IG03", Assert.Single(ArmListing.Loops(nested)).Label);
    }
}
