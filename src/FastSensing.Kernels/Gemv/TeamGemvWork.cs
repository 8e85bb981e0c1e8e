namespace FastSensing.Kernels.Gemv;

/// <summary>What the chunks of a product with a vector share: the rows are cut into parts.</summary>
internal struct TeamGemvWork<T>
    where T : unmanaged
{
    public GemvArguments<T> Arguments;

    /// <summary>Rows of a chunk.</summary>
    public nint ChunkRows;
}
