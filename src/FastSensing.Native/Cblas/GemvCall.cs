namespace FastSensing.Native.Cblas;

/// <summary>y &#8592; alpha op(A) x + beta y: the arguments of one xgemv. M and N are the shape of the matrix in memory.</summary>
internal unsafe readonly struct GemvCall<T>
    where T : unmanaged
{
    public Stored AStored { get; init; }

    public int M { get; init; }

    public int N { get; init; }

    public T Alpha { get; init; }

    public T* A { get; init; }

    public T* X { get; init; }

    public T Beta { get; init; }

    public T* Y { get; init; }
}
