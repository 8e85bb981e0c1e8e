using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace FastSensing.Testing.Processes;

/// <summary>
/// Runs an assembly that has a Main under the dotnet that runs the tests, in a process of its own: for what may end the
/// process, and for what is decided when it starts. The runtime's switches (DOTNET_...) are those of this process, except
/// as the caller says.
/// </summary>
public static class ChildProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs <paramref name="assembly"/> to its end; a child that outlives the time limit is ended and counts as failed.</summary>
    /// <param name="assembly">Path of the dll; its runtimeconfig.json lies beside it.</param>
    /// <param name="environment">Variables to set (or, with a null value, to remove).</param>
    /// <param name="arguments">Arguments of Main.</param>
    public static ChildResult Run(string assembly, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetPath(), ["exec", assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Append(output, $"ended after {Limit}");
            return new ChildResult(-1, output.ToString());
        }

        process.WaitForExit();
        return new ChildResult(process.ExitCode, output.ToString());
    }

    // The runtime in use lies in <dotnet root>/shared/Microsoft.NETCore.App/<version>/.
    private static string DotnetPath()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
