using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FastSensing.Cli.Inspection;

/// <summary>What a table was made with, in one line: tables are read long after.</summary>
internal static class Provenance
{
    /// <summary>Version and commit of the tool.</summary>
    public static string Version =>
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Tool, runtime, instruction set, processors and day.</summary>
    public static string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"fastsensing {Version}; {RuntimeInformation.FrameworkDescription}; {InstructionSet.Name}, {Environment.ProcessorCount} processors; {DateTime.UtcNow:yyyy-MM-dd}.");
}
