using System.Runtime.InteropServices;

namespace FastSensing.Testing.Skipping;

/// <summary>Which native BLAS libraries are installed, by their files: nothing is loaded to find out.</summary>
internal static class InstalledBlas
{
    /// <summary>Null to run a test of the back end, otherwise the reason to skip it.</summary>
    /// <param name="backEnd">openblas, blis or mkl.</param>
    public static string? SkipReason(string backEnd) =>
        backEnd == "mkl" && RuntimeInformation.ProcessArchitecture != Architecture.X64 ? "there is no MKL for this processor"
        : NativeRequirement.SkipReason(Find(backEnd), $"{backEnd} is not installed");

    private static string? Find(string backEnd)
    {
        foreach (string directory in Directories())
        {
            foreach (string name in FileNames(backEnd))
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

    private static string[] FileNames(string backEnd) => (backEnd, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
    {
        ("openblas", true, _) => ["libopenblas.dll", "openblas.dll"],
        ("openblas", _, true) => ["libopenblas.dylib", "libopenblas.0.dylib"],
        ("openblas", _, _) => ["libopenblas.so.0", "libopenblas.so"],
        ("blis", true, _) => ["libblis.dll"],
        ("blis", _, true) => ["libblis.4.dylib"],
        ("blis", _, _) => ["libblis.so.4"],
        ("mkl", true, _) => ["mkl_rt.2.dll"],
        ("mkl", _, true) => ["libmkl_rt.2.dylib"],
        ("mkl", _, _) => ["libmkl_rt.so", "libmkl_rt.so.2"],
        _ => throw new ArgumentOutOfRangeException(nameof(backEnd), backEnd, null),
    };

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
