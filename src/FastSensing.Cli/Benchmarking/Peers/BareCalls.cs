using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// A native library's own routines, called with arguments that were fixed beforehand: what a C# program pays that calls
/// the library itself, through a function pointer. No <c>IBlas</c>, no check, no repair of results lies between.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal abstract unsafe class BareCalls<T>
    where T : unmanaged
{
    /// <summary>False when the library has no Cholesky.</summary>
    public abstract bool HasPotrf { get; }

    /// <summary>Makes the calls in turn, again and again.</summary>
    public abstract void Gemm(int repeats, params ReadOnlySpan<GemmCall<T>> calls);

    /// <inheritdoc cref="Gemm"/>
    public abstract void Gemv(int repeats, params ReadOnlySpan<GemvCall<T>> calls);

    /// <inheritdoc cref="Gemm"/>
    public abstract void Syrk(int repeats, params ReadOnlySpan<SyrkCall<T>> calls);

    /// <inheritdoc cref="Gemm"/>
    public abstract void Trsm(int repeats, params ReadOnlySpan<TrsmCall<T>> calls);

    /// <summary>Copies a row-major n x n matrix without gaps and factors the copy in its lower triangle, again and again.</summary>
    /// <returns>The last INFO that was not 0, or 0.</returns>
    public abstract int Potrf(int repeats, ReadOnlySpan<T> source, T* a, int n);

    /// <summary>Those of a loaded library.</summary>
    public static BareCalls<T> Of(NativeBlasLibrary library) => library.EntriesOf<T>() switch
    {
        CblasEntryPoints<T, int> narrow => new CblasBareCalls<T, int>(narrow),
        CblasEntryPoints<T, long> wide => new CblasBareCalls<T, long>(wide),
        EntryPoints<T> other => throw new NotSupportedException($"{other.GetType().Name} cannot be called bare."),
    };
}
