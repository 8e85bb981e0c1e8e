using Xunit;

namespace FastSensing.Testing.Allocations;

/// <summary>
/// Managed bytes that an action allocates on this thread. The action runs a few times first, so that what is measured is
/// not the compiler's work; the count is read before anything is formatted.
/// </summary>
public static class AllocationMeter
{
    private const int Rounds = 10;

    /// <summary>Bytes of ten rounds after warming up.</summary>
    public static long Measure(Action action, int warmUpRounds = 3)
    {
        for (int round = 0; round < warmUpRounds; round++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Fails unless the action allocates nothing, and unless the meter sees one byte more than nothing.</summary>
    public static void AssertNone(Action action, int warmUpRounds = 3)
    {
        long bytes = Measure(action, warmUpRounds);
        Assert.True(bytes == 0, $"{bytes} bytes in {Rounds} rounds");
        AssertMeterWorks();
    }

    /// <summary>The positive control: the smallest object there is must be seen.</summary>
    private static void AssertMeterWorks()
    {
        long bytes = Measure(() => GC.KeepAlive(new object()));
        Assert.True(bytes >= Rounds * IntPtr.Size, $"the meter saw {bytes} bytes of {Rounds} objects");
    }
}
