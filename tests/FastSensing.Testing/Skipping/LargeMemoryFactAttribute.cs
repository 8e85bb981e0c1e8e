using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact that takes a few GiB of memory: skipped with the reason where that could end other processes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LargeMemoryFactAttribute : FactAttribute
{
    private const long Needed = 8L << 30;

    public LargeMemoryFactAttribute()
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Skip = available >= Needed ? null : $"{available >> 20} MiB of memory, {Needed >> 20} are wanted";
    }
}
