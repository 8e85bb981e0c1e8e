using FastSensing.Testing.Contracts;
using Xunit.Sdk;

namespace FastSensing.Kernels.Tests.Contracts;

/// <summary>The rules of the contract can fail: each fault is seen by the rule that is there for it.</summary>
public sealed class BlasRulesTests
{
    [Theory]
    [InlineData(Fault.OneElementSlightlyOff, "Gemm_EverySmallShape_IsWithinItsBound")]
    [InlineData(Fault.OneElementNaN, "Gemm_EveryFactorAndLayout_IsWithinItsBound")]
    [InlineData(Fault.ReadsOldOutput, "Gemm_EverySmallShape_IsWithinItsBound")]
    [InlineData(Fault.IgnoresAlphaZero, "Gemm_AlphaZero_ReadsNeitherANorB")]
    [InlineData(Fault.WritesBehindTheOutput, "Gemm_EveryFactorAndLayout_IsWithinItsBound")]
    [InlineData(Fault.WritesToAnInput, "Gemm_EverySmallShape_IsWithinItsBound")]
    [InlineData(Fault.AcceptsOverlap, "Gemm_OutputThatOverlapsAnInput_IsRefused")]
    [InlineData(Fault.WritesOtherTriangle, "Syrk_EverySmallShape_IsWithinItsBound")]
    [InlineData(Fault.LosesNaN, "Gemv_NonFiniteElementOfAnInput_ReachesExactlyWhatDependsOnIt")]
    [InlineData(Fault.SpreadsNaN, "Trsm_NaNInARightHandSide_StaysInItsColumnFromItsRowOn")]
    [InlineData(Fault.WrongInfo, "Potrf_NonPositivePivot_ReturnsItsPositionAndLeavesTheColumnsBeforeItValid")]
    public void Rule_OfAFaultyBlas_Fails(Fault fault, string rule)
    {
        Assert.ThrowsAny<XunitException>(() => BlasRules<double>.Check(rule, new FaultyBlas<double>(fault)));
        Assert.ThrowsAny<XunitException>(() => BlasRules<float>.Check(rule, new FaultyBlas<float>(fault)));
    }
}
