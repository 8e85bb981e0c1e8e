namespace FastSensing.Kernels.Threading;

/// <summary>A workspace for each participant of a team: the caller's own, and those that the team keeps for its threads.</summary>
internal readonly unsafe struct TeamMemory<T>(T* ofCaller, byte* ofWorkers, nint bytesPerWorker)
    where T : unmanaged
{
    /// <summary>The workspace of a participant.</summary>
    public T* Of(int participant) => participant == 0 ? ofCaller : (T*)(ofWorkers + ((participant - 1) * bytesPerWorker));
}
