using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Threading;

/// <summary>A number that several threads write, on cache lines of its own, also where lines are fetched in pairs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    [FieldOffset(128)]
    public long Value;
}
