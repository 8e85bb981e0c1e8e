using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Trsm;

/// <summary>What the chunks of a solve share: the right-hand sides are cut into parts.</summary>
internal unsafe struct TeamTrsmWork<T>
    where T : unmanaged
{
    public TrsmArguments<T> Arguments;
    public T Alpha;

    /// <summary>Right-hand sides of a chunk.</summary>
    public nint ChunkColumns;

    public TeamMemory<T> Memory;
}
