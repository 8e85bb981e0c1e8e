using System.Runtime.InteropServices;

namespace FastSensing.Testing.Skipping;

/// <summary>
/// Where an OpenBLAS library is. Looked for as a file and not loaded: OpenBLAS reads its core type from the environment
/// when it is loaded, so a test that sets it must be the first to load it.
/// </summary>
public static class NativeBlas
{
    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["libopenblas.dll", "openblas.dll"]
        : OperatingSystem.IsMacOS() ? ["libopenblas.0.dylib", "libopenblas.dylib"]
        : ["libopenblas.so.0", "libopenblas.so"];

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Full path of the library, or null.</summary>
    public static string? FindLibrary => Found.Value;

    /// <summary>Full path of the library; throws when there is none, so that a required test fails with the reason.</summary>
    public static string Library => Found.Value ?? throw new InvalidOperationException(Missing);

    internal static string Missing => $"{FileNames[0]} is not installed";

    private static string? Find()
    {
        foreach (string directory in Directories())
        {
            foreach (string name in FileNames)
            {
                string path = Path.Combine(directory, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static string[] Directories()
    {
        string variable = OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
        string[] listed = (Environment.GetEnvironmentVariable(variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (OperatingSystem.IsWindows())
        {
            return listed;
        }

        string triple = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        return
        [
            .. listed, $"/usr/lib/{triple}", $"/lib/{triple}", "/usr/lib64", "/usr/lib", "/usr/local/lib",
            "/opt/homebrew/opt/openblas/lib", "/usr/local/opt/openblas/lib",
        ];
    }
}
