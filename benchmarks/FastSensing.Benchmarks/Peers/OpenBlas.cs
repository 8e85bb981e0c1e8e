using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FastSensing.Benchmarks.Peers;

/// <summary>
/// The system's OpenBLAS through function pointers, on one thread and on the kernels that suit this CPU: without being
/// told, older releases take a new CPU for a very old one and run several times slower.
/// </summary>
/// <remarks>
/// The core type is an environment variable that the library reads while it is loaded. The runtime's own setter does
/// not reach native code, so libc's is called. One process can therefore measure one core type.
/// </remarks>
internal sealed unsafe class OpenBlas
{
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transposed = 112;

    private readonly delegate* unmanaged<int, int, int, int, double, double*, int, double*, int, double, double*, int, void> _dgemv;

    private OpenBlas(nint library, string requestedCore)
    {
        _dgemv = (delegate* unmanaged<int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)
            NativeLibrary.GetExport(library, "cblas_dgemv");
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
        CoreName = Text(NativeLibrary.GetExport(library, "openblas_get_corename"));
        Configuration = Text(NativeLibrary.GetExport(library, "openblas_get_config"));
        RequestedCore = requestedCore;
    }

    /// <summary>The kernels the library says it runs.</summary>
    public string CoreName { get; }

    /// <summary>Version and build options, in the library's own words.</summary>
    public string Configuration { get; }

    /// <summary>The kernels that were asked for.</summary>
    public string RequestedCore { get; }

    /// <summary>False when the library runs other kernels than asked for: its times then say nothing.</summary>
    public bool RunsTheRequestedCore => string.Equals(CoreName, RequestedCore, StringComparison.OrdinalIgnoreCase);

    /// <summary>The core type whose kernels suit this CPU: SkylakeX for AVX-512, else Haswell.</summary>
    public static string SuitableCore => Avx512F.IsSupported && Avx512DQ.IsSupported ? "SkylakeX" : "Haswell";

    /// <summary>Loads the library for one core type, or says why it cannot.</summary>
    /// <param name="core">Name of the core type.</param>
    /// <returns>The peer, or null where there is no OpenBLAS (it is looked for on Linux only).</returns>
    public static OpenBlas? TryLoad(string core)
    {
        if (!OperatingSystem.IsLinux() || SetEnvironment("OPENBLAS_CORETYPE", core, 1) != 0)
        {
            return null;
        }

        return NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library, core) : null;
    }

    /// <summary>y &#8592; A x for a row-major m x n matrix.</summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns, also the leading dimension.</param>
    /// <param name="a">A.</param>
    /// <param name="x">x, length n.</param>
    /// <param name="y">y, length m, overwritten.</param>
    public void Gemv(int m, int n, double* a, double* x, double* y) =>
        _dgemv(RowMajor, NoTranspose, m, n, 1.0, a, n, x, 1, 0.0, y, 1);

    /// <summary>x &#8592; A^T z for a row-major m x n matrix.</summary>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns, also the leading dimension.</param>
    /// <param name="a">A.</param>
    /// <param name="z">z, length m.</param>
    /// <param name="x">x, length n, overwritten.</param>
    public void GemvTransposed(int m, int n, double* a, double* z, double* x) =>
        _dgemv(RowMajor, Transposed, m, n, 1.0, a, n, z, 1, 0.0, x, 1);

    private static string Text(nint function) =>
        Marshal.PtrToStringAnsi((nint)((delegate* unmanaged<byte*>)function)())?.Trim() ?? "?";

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
