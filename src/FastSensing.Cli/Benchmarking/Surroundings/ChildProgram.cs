using System.Diagnostics;
using System.Reflection;
using System.Text;
using FastSensing.Cli.BackEnds;

namespace FastSensing.Cli.Benchmarking.Surroundings;

/// <summary>A program of ours once more, in a process with other environment variables.</summary>
internal static class ChildProgram
{
    /// <summary>Runs it to its end, or ends it when it is cancelled.</summary>
    /// <param name="program">The program's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables it is given on top of ours; null takes one away.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Exit code, what it wrote to stdout, and what it wrote to stderr.</returns>
    public static (int Code, string Output, string Talk) Run(
        Assembly program, string[] arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation)
    {
        ProcessStartInfo start = ToolProcess.With(program, arguments);
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        StringBuilder talk = new();
        using Process process = Process.Start(start) ?? throw new IOException($"{start.FileName} did not start.");
        using CancellationTokenRegistration kill = cancellation.Register(process.Kill);
        process.ErrorDataReceived += (_, line) => talk.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, output, talk.ToString().Trim());
    }
}
