using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace FastSensing.Cli.BackEnds;

/// <summary>Starts this tool again, as what it was started: a program, or an assembly under dotnet.</summary>
internal static class ToolProcess
{
    public static ProcessStartInfo With(params string[] arguments) => With(typeof(ToolProcess).Assembly, arguments);

    /// <summary>The same for a program that has the tool as a part, the benchmarks.</summary>
    public static ProcessStartInfo With(Assembly tool, string[] arguments)
    {
        bool isProgram = Assembly.GetEntryAssembly() == tool
            && !string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(
            isProgram ? Environment.ProcessPath! : DotnetPath(),
            isProgram ? arguments : ["exec", Path.Combine(AppContext.BaseDirectory, tool.GetName().Name + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    // The runtime in use lies in <dotnet root>/shared/Microsoft.NETCore.App/<version>/.
    private static string DotnetPath() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
