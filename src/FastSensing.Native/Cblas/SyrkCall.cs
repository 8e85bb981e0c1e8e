namespace FastSensing.Native.Cblas;

/// <summary>C &#8592; alpha op(A) op(A)^T + beta C in one triangle of a row-major C: the arguments of one xsyrk.</summary>
internal unsafe readonly struct SyrkCall<T>
    where T : unmanaged
{
    public CblasFlag Triangle { get; init; }

    public Stored AStored { get; init; }

    public int N { get; init; }

    public int K { get; init; }

    public T Alpha { get; init; }

    public T* A { get; init; }

    public T Beta { get; init; }

    public T* C { get; init; }

    public int LdC { get; init; }
}
