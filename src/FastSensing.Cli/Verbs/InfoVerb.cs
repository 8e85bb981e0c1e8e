using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using FastSensing.Kernels;
using FastSensing.Kernels.Simd;
using FastSensing.Native;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing info: what this build runs on and with what.</summary>
internal sealed class InfoVerb : IVerb
{
    private readonly Option<bool> _json = SharedOptions.Json();

    public InfoVerb() => Command = new Command("info", "Show the instruction set in use, caches, runtime, back ends and methods.") { _json };

    public Command Command { get; }

    private static string Configuration =>
        typeof(InfoVerb).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "unknown";

    private static string Compilation => RuntimeFeature.IsDynamicCodeCompiled ? "just in time" : "ahead of time";

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        if (parsed.GetValue(_json))
        {
            WriteJson(console.Out);
        }
        else
        {
            WriteText(console.Out);
        }

        return ExitCode.Success;
    }

    private static void WriteText(TextWriter output)
    {
        void Line(string name, string value) => output.WriteLine($"{name,-16} {value}");

        Line("fastsensing", $"{Provenance.Version} ({Configuration}, compiled {Compilation})");
        Line("instruction set", InstructionSet.Name);
        Line("processors", $"{Environment.ProcessorCount} x {RuntimeInformation.ProcessArchitecture}");
        IReadOnlyList<(int Level, long Bytes)> caches = ProcessorCaches.Find();
        Line("data caches", caches.Count == 0
            ? "not reported by this system"
            : string.Join(", ", caches.Select(cache => $"L{cache.Level} {Figures.Count(cache.Bytes / 1024)} KiB")));
        Line("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
        Line("back ends", $"{new ManagedBlas<double>().Name}; by --blas, if installed: {string.Join(", ", NativeBlasLocator.Names)} (see fastsensing doctor)");
        Line("precisions", "fp64, fp32");
        Line("methods", string.Join(Environment.NewLine + new string(' ', 17), MethodCatalog<double>.All.Select(method => method.Name)));
    }

    private static void WriteJson(TextWriter output)
    {
        using Json json = new();
        json.Add("version", Provenance.Version)
            .Add("configuration", Configuration)
            .Add("compilation", Compilation)
            .Add("isa", Isa.Name)
            .Add("instructionSet", InstructionSet.HardwareName(Isa.Name, RuntimeInformation.ProcessArchitecture))
            .Add("architecture", RuntimeInformation.ProcessArchitecture.ToString())
            .Add("processors", Environment.ProcessorCount)
            .Add("caches", caches =>
            {
                foreach ((int level, long bytes) in ProcessorCaches.Find())
                {
                    caches.Add($"l{level}", bytes);
                }
            })
            .Add("runtime", RuntimeInformation.FrameworkDescription)
            .Add("system", RuntimeInformation.OSDescription)
            .Add("backEnds", [new ManagedBlas<double>().Name, .. NativeBlasLocator.Names])
            .Add("precisions", ["fp64", "fp32"])
            .Add("methods", MethodCatalog<double>.All.Select(method => method.Name))
            .WriteTo(output);
    }
}
