using System.Diagnostics;
using System.Runtime.InteropServices;
using FastSensing.Cli.Benchmarking.Surroundings;
using FastSensing.Kernels.Simd;

namespace FastSensing.Benchmarks.Figures;

/// <summary>Where a figure was measured, and child processes to measure it under other runtime switches.</summary>
internal static class Host
{
    /// <summary>CPU, cores, runtime, operating system: one line of a results file.</summary>
    public static string Description =>
        $"{Cpu}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; {RuntimeInformation.OSDescription}";

    /// <summary>The CPU's name.</summary>
    public static string Cpu { get; } = FindCpu();

    /// <summary>The instruction set that calls are dispatched to here, in words.</summary>
    public static string IsaInWords => Isa.Name switch
    {
        "Simd512" => "AVX-512",
        "Simd256" => "AVX2",
        "Simd128Lane" or "Simd128" => "128-bit SIMD",
        _ => "no SIMD",
    };

    /// <summary>The commit that was measured; a plus sign says that files were changed since.</summary>
    public static string Commit
    {
        get
        {
            string commit = Output("git", ["rev-parse", "--short=10", "HEAD"]).Trim();
            string changed = Output("git", ["status", "--porcelain", "--untracked-files=no"]).Trim();
            return changed.Length > 0 ? commit + "+" : commit;
        }
    }

    /// <summary>Runs this program once more and returns what it wrote to its standard output.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables it is given on top of ours.</param>
    public static string Again(string[] arguments, params (string Name, string Value)[] environment)
    {
        (int code, string output, string talk) = ChildProgram.Run(
            typeof(Host).Assembly, arguments, environment.ToDictionary(e => e.Name, string? (e) => e.Value), CancellationToken.None);
        Console.Error.WriteLine(talk);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with exit code {code}.");
    }

    private static string Output(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }

    private static string FindCpu()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
