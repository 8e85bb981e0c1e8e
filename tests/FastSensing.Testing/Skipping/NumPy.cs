using System.ComponentModel;
using System.Diagnostics;

namespace FastSensing.Testing.Skipping;

/// <summary>Where a python with numpy is, found once per process: python3 on the PATH, else /usr/bin/python3.</summary>
public static class NumPy
{
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "python"];
    private static readonly Lazy<string?> Found = new(() => Array.Find(Candidates, ImportsNumPy));

    /// <summary>The command to start, or null when no candidate can import numpy.</summary>
    public static string? FindPython => Found.Value;

    /// <summary>The command to start; throws when there is none, so that a required test fails with the reason.</summary>
    public static string Python => Found.Value ?? throw new InvalidOperationException(Missing);

    internal static string Missing => $"no python with numpy found (tried {string.Join(", ", Candidates)})";

    private static bool ImportsNumPy(string python)
    {
        try
        {
            var start = new ProcessStartInfo(python, ["-c", "import numpy"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
            {
                process.Kill(entireProcessTree: true);
                return false;
            }

            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
