namespace FastSensing.Kernels.Threading;

/// <summary>Work for a team: Body(Work, chunk, participant) for each chunk in 0..Chunks - 1, the last one first, in any grouping.</summary>
/// <remarks>The caller is participant 0; what Work points to may lie on its stack, because it leaves last.</remarks>
internal readonly unsafe struct TeamTask(delegate*<void*, int, int, void> body, void* work, int chunks)
{
    /// <summary>Most chunks of one task.</summary>
    public const int MostChunks = (1 << 16) - 1;

    public readonly delegate*<void*, int, int, void> Body = body;
    public readonly void* Work = work;
    public readonly int Chunks = chunks;
}
