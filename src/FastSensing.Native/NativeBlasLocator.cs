namespace FastSensing.Native;

/// <summary>
/// Where a back end may be: the names that the system's loader is asked for, or one absolute path. Nothing is loaded here,
/// no directory is searched, and the current directory is never meant.
/// </summary>
public static class NativeBlasLocator
{
    private static readonly string[] Known = ["mkl", "openblas", "blis", "accelerate"];

    /// <summary>The back ends that have a name: mkl, openblas, blis, accelerate.</summary>
    public static IReadOnlyList<string> Names => Known;

    /// <summary>What to ask the loader for, in this order.</summary>
    /// <param name="backEnd">One of <see cref="Names"/>, or the absolute path of a library.</param>
    /// <returns>Bare file names for a name (none where the back end does not exist), the path itself for a path.</returns>
    /// <exception cref="ArgumentException">Neither a known name nor an absolute path.</exception>
    public static IReadOnlyList<string> Candidates(string backEnd)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backEnd);
        if (Array.IndexOf(Known, backEnd) >= 0)
        {
            return OperatingSystem.IsWindows() ? OnWindows(backEnd) : OperatingSystem.IsMacOS() ? OnMac(backEnd) : OnLinux(backEnd);
        }

        if (Path.IsPathFullyQualified(backEnd))
        {
            return [backEnd];
        }

        throw new ArgumentException(
            $"'{backEnd}' is neither a back end ({string.Join(", ", Known)}) nor the absolute path of a library.", nameof(backEnd));
    }

    private static string[] OnLinux(string name) => name switch
    {
        "mkl" => ["libmkl_rt.so", "libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1"],
        "openblas" => ["libopenblas.so.0", "libopenblas.so"],
        "blis" => ["libblis.so.4", "libblis.so.5", "libblis.so"],
        _ => [],
    };

    private static string[] OnMac(string name) => name switch
    {
        "accelerate" => ["/System/Library/Frameworks/Accelerate.framework/Accelerate"],
        "mkl" => ["libmkl_rt.2.dylib", "libmkl_rt.dylib"],
        "openblas" => ["libopenblas.0.dylib", "libopenblas.dylib"],
        _ => ["libblis.4.dylib", "libblis.dylib"],
    };

    private static string[] OnWindows(string name) => name switch
    {
        "mkl" => ["mkl_rt.3.dll", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"],
        "openblas" => ["libopenblas.dll", "openblas.dll"],
        "blis" => ["AOCL-LibBlis-Win-dll.dll", "libblis.dll"],
        _ => [],
    };
}
