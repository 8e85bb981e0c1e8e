using Xunit;

namespace FastSensing.Testing.Allocations;

/// <summary>
/// Managed bytes that an action allocates on this thread, every time: the least of several measurements of ten rounds
/// each, because a background garbage collection takes away what was handed to the thread in advance, up to 8 KiB, and the
/// runtime counts that as allocated. What the action allocates is in all of them. The count is read before anything is formatted.
/// </summary>
public static class AllocationMeter
{
    private const int Rounds = 10;
    private const int Measurements = 10;

    /// <summary>Bytes of ten rounds, after one to warm up.</summary>
    public static long Measure(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int measurement = 0; measurement < Measurements && least > 0; measurement++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < Rounds; round++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>Fails unless the action allocates nothing, and unless the meter sees one object a round.</summary>
    public static void AssertNone(Action action)
    {
        long bytes = Measure(action);
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
