namespace FastSensing.Native.Cblas;

/// <summary>B &#8592; alpha op(A)^-1 B or alpha B op(A)^-1, row-major: the arguments of one xtrsm. M and N are the shape of B in memory.</summary>
internal unsafe readonly struct TrsmCall<T>
    where T : unmanaged
{
    public CblasFlag Side { get; init; }

    public CblasFlag Triangle { get; init; }

    public CblasFlag Operation { get; init; }

    public int M { get; init; }

    public int N { get; init; }

    public T Alpha { get; init; }

    public T* A { get; init; }

    public int LdA { get; init; }

    public T* B { get; init; }

    public int LdB { get; init; }
}
