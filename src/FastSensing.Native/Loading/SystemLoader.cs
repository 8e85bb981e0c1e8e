using System.Runtime.InteropServices;

namespace FastSensing.Native.Loading;

/// <summary>The system's loader: opens libraries for good, and puts into words why it does not.</summary>
internal static partial class SystemLoader
{
    private const int Now = 2;
    private const int NoDelete = 0x1000;
    private const int NoDeleteOnMac = 0x80;
    private const int Global = 0x100;
    private const int GlobalOnMac = 8;

    /// <summary>
    /// Opens a library by absolute path or by a bare name, which the system's loader looks for in its own directories:
    /// never in the current one.
    /// </summary>
    /// <param name="name">Absolute path or bare file name.</param>
    /// <param name="message">The loader's message when the result is 0.</param>
    public static nint Open(string name, out string message)
    {
        try
        {
            nint handle = OperatingSystem.IsWindows()
                ? NativeLibrary.Load(name, typeof(SystemLoader).Assembly, DllImportSearchPath.SafeDirectories)
                : NativeLibrary.Load(name);
            message = string.Empty;
            return handle;
        }
        catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
        {
            message = FirstReason(refused.Message);
            return 0;
        }
    }

    /// <summary>
    /// Keeps an open library in the process until it ends, however often others release it: a BLAS with threads of its
    /// own cannot be unloaded safely, and function pointers must stay valid.
    /// </summary>
    public static void Pin(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Without such an entry (C libraries of before 2021) the reference that Open took must do.
            TryOpen(name, Now | (OperatingSystem.IsMacOS() ? NoDeleteOnMac : NoDelete));
        }
    }

    /// <summary>Opens a library so that others may resolve their symbols from it.</summary>
    public static bool OpenForOthers(string name) =>
        !OperatingSystem.IsWindows() && TryOpen(name, Now | (OperatingSystem.IsMacOS() ? GlobalOnMac : Global)) != 0;

    private static nint TryOpen(string name, int flags)
    {
        try
        {
            return OpenLibrary(name, flags);
        }
        catch (EntryPointNotFoundException)
        {
            return 0;
        }
    }

    // The runtime's text lists every spelling it tried and a piece of advice: the loader's own first line is what helps.
    private static string FirstReason(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("Unable to load shared library", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return text.Trim();
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenLibrary(string name, int flags);
}
