using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Native.Loading;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// libxsmm, which writes machine code for one shape at a time, behind the shared library that native/libxsmm-peer makes of
/// the static one. Kernels are column-major with alpha = 1 and no gaps between columns.
/// </summary>
internal sealed unsafe class LibxsmmLibrary
{
    /// <summary>The variable that holds the path of the shared library; without it, that is looked for beside the tool.</summary>
    public const string Variable = "FASTSENSING_LIBXSMM";

    private const string FileName = "libfastsensing_libxsmm.so";

    private readonly delegate* unmanaged<int, int, int, double, nint> _dgemm;
    private readonly delegate* unmanaged<int, int, int, float, nint> _sgemm;

    private LibxsmmLibrary(nint handle)
    {
        _dgemm = (delegate* unmanaged<int, int, int, double, nint>)NativeLibrary.GetExport(handle, "fastsensing_libxsmm_dgemm");
        _sgemm = (delegate* unmanaged<int, int, int, float, nint>)NativeLibrary.GetExport(handle, "fastsensing_libxsmm_sgemm");
        Version = $"libxsmm {Text(handle, "fastsensing_libxsmm_version")}";
        Target = Text(handle, "fastsensing_libxsmm_target");
    }

    /// <summary>"libxsmm 1.17".</summary>
    public string Version { get; }

    /// <summary>The instruction set that it writes for, in its own words: clx, hsw, ...</summary>
    public string Target { get; }

    /// <summary>Loads it.</summary>
    /// <param name="given">Path of the shared library; null for the one beside the tool.</param>
    /// <exception cref="ToolException">It is not there, or is something else.</exception>
    public static LibxsmmLibrary Load(string? given)
    {
        string path = Path.GetFullPath(given ?? Path.Combine(AppContext.BaseDirectory, FileName));
        nint handle = SystemLoader.Open(path, out string message);
        try
        {
            return handle != 0 ? new LibxsmmLibrary(handle) : throw Refusal(path, given, message);
        }
        catch (EntryPointNotFoundException other)
        {
            throw Refusal(path, given, other.Message);
        }
    }

    /// <summary>The code for C (m x n) = A B + beta C by columns, beta 0 or 1.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="ToolException">It writes none for this shape.</exception>
    public delegate* unmanaged[SuppressGCTransition]<T*, T*, T*, void> Kernel<T>(int m, int n, int k, T beta)
        where T : unmanaged, INumberBase<T>
    {
        nint code = sizeof(T) == sizeof(float) ? _sgemm(m, n, k, float.CreateChecked(beta)) : _dgemm(m, n, k, double.CreateChecked(beta));
        return code != 0
            ? (delegate* unmanaged[SuppressGCTransition]<T*, T*, T*, void>)code
            : throw new ToolException(ExitCode.InputRefused, $"--against libxsmm: it has no code for {m} x {n} x {k} with beta = {beta}.");
    }

    private static ToolException Refusal(string path, string? given, string reason)
    {
        string origin = given is null
            ? $"./build.sh build makes it where gcc and libxsmm-dev are installed, and {Variable} can name another"
            : $"{Variable} names it";
        return new ToolException(ExitCode.InputRefused, $"--against libxsmm: {path} cannot be used: {reason} ({origin}).");
    }

    private static string Text(nint handle, string entry) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(handle, entry))()) ?? "";
}
