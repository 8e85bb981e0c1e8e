using System.Diagnostics;
using FastSensing.Testing.Skipping;

namespace FastSensing.Testing.Oracles;

/// <summary>Runs a Python script in which numpy is imported as np, in a given folder; throws with its complaint when it fails.</summary>
public static class NumPyScript
{
    public static string Run(string script, string folder)
    {
        ProcessStartInfo start = new(NumPy.Python, ["-c", "import numpy as np\n" + script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"The NumPy script failed: {error.Result}");
    }
}
