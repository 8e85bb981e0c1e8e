using FastSensing.Testing.Allocations;

namespace FastSensing.Kernels.Tests.Memory;

/// <summary>The instrument of the allocation tests: it sees what is there and nothing else.</summary>
public sealed class AllocationMeterTests
{
    [Fact]
    public void Measure_AnArrayEveryRound_SeesAllOfIt() => Assert.True(AllocationMeter.Measure(() => GC.KeepAlive(new byte[1000])) >= 10_000);

    [Fact]
    public void Measure_NoAllocation_IsZero() => Assert.Equal(0, AllocationMeter.Measure(() => Thread.SpinWait(10)));

    [Fact]
    public void AssertNone_ABoxedNumber_Fails()
    {
        object? kept = null;
        int number = 1000;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AllocationMeter.AssertNone(() => kept = number++));
        Assert.NotNull(kept);
    }
}
