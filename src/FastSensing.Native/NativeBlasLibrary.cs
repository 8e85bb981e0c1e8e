using FastSensing.Native.Cblas;
using FastSensing.Native.Loading;

namespace FastSensing.Native;

/// <summary>
/// One native BLAS, loaded because somebody asked for it, set to a number of threads and asked what it is. Give it to
/// <see cref="NativeBlas{T}"/>.
/// </summary>
/// <remarks>
/// <para>Loading runs the library's own code in this process, and a broken one can end it; `fastsensing doctor` tries in
/// a process of its own. What is wrong without ending the process is found here (missing routines, integers of two
/// widths) or by <see cref="NativeBlasProbe"/> (wrong results), and said in a <see cref="NativeBlasException"/>.</para>
/// <para>A library that was loaded stays: there is nothing to dispose of, and others cannot unload it.</para>
/// <para>The number of threads is the library's own global setting, shared by all who use it in this process.</para>
/// </remarks>
public sealed class NativeBlasLibrary
{
    private readonly LoadedLibrary _library;

    private NativeBlasLibrary(LoadedLibrary library, int threads)
    {
        _library = library;
        Vendor vendor = Vendor.Of(library);
        Kind = vendor.Kind;
        Threads = vendor.SetThreads(threads);
        if (Threads > threads)
        {
            throw new NativeBlasException($"{library.Name} runs {Threads} threads where {threads} were asked for.");
        }

        IntegerWidth = Loading.IntegerWidth.Detect(library);
        Version = vendor.Version;
        Core = vendor.Core;

        // Every routine of either precision is looked up now, so that none is missing later.
        DoubleEntries = Entries<double>();
        SingleEntries = Entries<float>();
    }

    /// <summary>The name that the loader accepted: a bare file name or an absolute path.</summary>
    public string Path => _library.Name;

    /// <summary>Whose it is.</summary>
    public NativeBlasKind Kind { get; }

    /// <summary>Version and build, in the library's own words.</summary>
    public string Version { get; }

    /// <summary>The kernels it chose for this CPU, in its own words.</summary>
    public string Core { get; }

    /// <summary>The width of its integers, found by experiment.</summary>
    public BlasIntegerWidth IntegerWidth { get; }

    /// <summary>Threads it says it uses, at most those asked for; 0 when it has no say in it.</summary>
    public int Threads { get; }

    /// <summary>True when it has a Cholesky of its own; otherwise C# serves it.</summary>
    public bool HasPotrf => DoubleEntries.HasPotrf && SingleEntries.HasPotrf;

    private EntryPoints<double> DoubleEntries { get; }

    private EntryPoints<float> SingleEntries { get; }

    /// <summary>Loads a back end.</summary>
    /// <param name="backEnd">mkl, openblas, blis, accelerate, or the absolute path of a library.</param>
    /// <param name="threads">Threads it may use, &gt;= 1.</param>
    /// <exception cref="ArgumentException"><paramref name="backEnd"/> is neither a known name nor an absolute path.</exception>
    /// <exception cref="NativeBlasException">Nothing by that name can be loaded, or what was loaded cannot be used.</exception>
    public static NativeBlasLibrary Load(string backEnd, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        string reasons = string.Empty;
        foreach (string candidate in NativeBlasLocator.Candidates(backEnd))
        {
            nint handle = SystemLoader.Open(candidate, out string message);
            if (handle != 0)
            {
                SystemLoader.Pin(candidate);
                return new NativeBlasLibrary(new LoadedLibrary(candidate, handle), threads);
            }

            reasons += reasons.Length == 0 ? message : "; " + message;
        }

        throw new NativeBlasException(reasons.Length == 0 ? $"There is no {backEnd} for this system." : reasons);
    }

    internal EntryPoints<T> EntriesOf<T>()
        where T : unmanaged =>
        (object)DoubleEntries as EntryPoints<T> ?? (object)SingleEntries as EntryPoints<T>
            ?? throw new NotSupportedException($"A native BLAS computes in float and double, not in {typeof(T).Name}.");

    private EntryPoints<T> Entries<T>()
        where T : unmanaged =>
        IntegerWidth == BlasIntegerWidth.Int64 ? new CblasEntryPoints<T, long>(_library) : new CblasEntryPoints<T, int>(_library);
}
