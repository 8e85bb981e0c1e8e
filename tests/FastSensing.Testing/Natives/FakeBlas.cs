using System.Diagnostics;
using FastSensing.Testing.Files;

namespace FastSensing.Testing.Natives;

/// <summary>Shared libraries with a chosen fault, compiled from native/fake-blas into a test's own folder.</summary>
public static class FakeBlas
{
    private static readonly Lazy<string?> Compiler = new(() => Array.Find(["/usr/bin/gcc", "/usr/bin/cc", "/usr/bin/clang"], File.Exists));

    /// <summary>The C compiler, or null where there is none (none is looked for on Windows).</summary>
    public static string? FindCompiler => OperatingSystem.IsWindows() ? null : Compiler.Value;

    internal static string Missing => "there is no C compiler at /usr/bin/gcc, /usr/bin/cc or /usr/bin/clang";

    /// <summary>Compiles it; the macros are listed at the head of fake_blas.c.</summary>
    /// <param name="folder">Where the library is put.</param>
    /// <param name="name">Its file name.</param>
    /// <param name="macros">NAME or NAME=VALUE.</param>
    /// <returns>Absolute path of the library.</returns>
    public static string Build(TemporaryFolder folder, string name, params string[] macros)
    {
        string library = folder.File(name);
        string compiler = FindCompiler ?? throw new InvalidOperationException(Missing);
        var start = new ProcessStartInfo(
            compiler, ["-shared", "-fPIC", "-O1", "-o", library, .. macros.Select(macro => "-D" + macro), Path.Combine(Sources(), "fake_blas.c")])
        {
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? library : throw new InvalidOperationException(complaint);
    }

    private static string Sources()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string sources = Path.Combine(folder.FullName, "native", "fake-blas");
            if (Directory.Exists(sources))
            {
                return sources;
            }
        }

        throw new InvalidOperationException($"There is no native/fake-blas above {AppContext.BaseDirectory}.");
    }
}
