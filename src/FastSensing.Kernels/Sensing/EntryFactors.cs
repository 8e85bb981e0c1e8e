namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Thin matrices L and R with rows of Width elements, a whole number of cache lines and zero where the factor is narrower: no loop
/// over a row has a remainder.
/// </summary>
internal unsafe struct EntryFactors<T>
    where T : unmanaged
{
    public T* Left;
    public T* Right;
    public nint Width;
}
