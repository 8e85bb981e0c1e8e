using System.Runtime.InteropServices;

namespace FastSensing.Cli.Benchmarking.Surroundings;

/// <summary>The environment as native code reads it; the runtime's own setter does not reach it on Unix.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable, for libraries that are loaded from now on.</summary>
    public static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows() && SetVariable(name, value, 1) != 0)
        {
            throw new ToolException(ExitCode.Failure, $"{name} cannot be set.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
