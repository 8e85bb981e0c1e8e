using System.Diagnostics;
using FastSensing.Testing.Files;

namespace FastSensing.Testing.Natives;

/// <summary>The shared library of the bench's peer libxsmm, made from the installed static one by native/libxsmm-peer/build.sh.</summary>
public static class LibxsmmPeer
{
    private const string Header = "/usr/include/libxsmm.h";

    /// <summary>The installed header, or null where libxsmm or the compiler that the script calls is missing.</summary>
    public static string? Find => File.Exists(Header) && File.Exists("/usr/bin/gcc") ? Header : null;

    internal static string Missing => $"there is no {Header} or no /usr/bin/gcc (packages libxsmm-dev and gcc)";

    /// <summary>Makes the library.</summary>
    /// <param name="folder">Where it is put.</param>
    /// <returns>Its absolute path.</returns>
    public static string Build(TemporaryFolder folder)
    {
        string library = folder.File("libfastsensing_libxsmm.so");
        var start = new ProcessStartInfo("/bin/bash", [Script(), library]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? library : throw new InvalidOperationException(complaint);
    }

    private static string Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "native", "libxsmm-peer", "build.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException($"There is no native/libxsmm-peer above {AppContext.BaseDirectory}.");
    }
}
