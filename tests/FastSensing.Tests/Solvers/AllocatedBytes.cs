namespace FastSensing.Tests.Solvers;

/// <summary>Bytes that an action allocates on this thread once it is warm.</summary>
internal static class AllocatedBytes
{
    public static long Of(Action action)
    {
        action();
        action();

        // The runtime may compile a hotter version in between and allocate for it: the least of a few rounds counts.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
