using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>A ManagedBlas that shares even the smallest call among its threads, so that small shapes test them.</summary>
internal static class EagerBlas
{
    public static ManagedBlas<T> Create<T>(int threads, int retained = 4)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(new BufferPool<T>(retained), threads, grain: 1);
}
