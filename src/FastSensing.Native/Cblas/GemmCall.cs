namespace FastSensing.Native.Cblas;

/// <summary>C &#8592; alpha op(A) op(B) + beta C, all row-major: the arguments of one xgemm.</summary>
internal unsafe readonly struct GemmCall<T>
    where T : unmanaged
{
    public Stored AStored { get; init; }

    public Stored BStored { get; init; }

    public int M { get; init; }

    public int N { get; init; }

    public int K { get; init; }

    public T Alpha { get; init; }

    public T* A { get; init; }

    public T* B { get; init; }

    public T Beta { get; init; }

    public T* C { get; init; }

    public int LdC { get; init; }
}
