using System.Diagnostics;
using System.Text.Json;
using FastSensing.Cli.Output;

namespace FastSensing.Cli.Tests;

/// <summary>One run of the tool: its exit code and what it wrote, in this process through the real command line or as a child.</summary>
internal sealed record ToolRun(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public static ToolRun Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static ToolRun Of(CancellationToken cancellation, params string[] arguments)
    {
        StringWriter output = new();
        StringWriter error = new();
        ExitCode code = CommandLine.Run(arguments, ToolConsole.Captured(output, error), cancellation);
        return new ToolRun((int)code, output.ToString(), error.ToString());
    }

    /// <summary>
    /// The built tool as a process of its own; the caller disposes it. On Linux with SIGINT as a terminal would have it:
    /// a test run that was itself started in the background hands an ignored SIGINT down.
    /// </summary>
    public static Process Start(string folder, params string[] arguments) => OperatingSystem.IsLinux()
        ? StartProgram(folder, "env", ["--default-signal=INT", "dotnet", .. ToolArguments(arguments)])
        : StartProgram(folder, "dotnet", ToolArguments(arguments));

    /// <summary>A child process of the tool to its end.</summary>
    public static ToolRun OfChild(string folder, params string[] arguments) => ToEnd(Start(folder, arguments));

    /// <summary>A child process of the tool, with some variables of its own, to its end.</summary>
    public static ToolRun OfChild(string folder, Dictionary<string, string> variables, string[] arguments) =>
        ToEnd(StartProgram(folder, "dotnet", ToolArguments(arguments), variables));

    /// <summary>Another program that runs the tool, to its end.</summary>
    public static ToolRun OfProgram(string folder, string program, params string[] arguments) => ToEnd(StartProgram(folder, program, arguments));

    /// <summary>The run failed with the code and said so in one line on stderr that holds all the words; stdout is empty.</summary>
    public void AssertFailed(ExitCode code, params string[] words)
    {
        Assert.Equal((int)code, Code);
        Assert.Equal(string.Empty, Out);
        Assert.StartsWith("fastsensing: ", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(character => character == '\n'));
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
    }

    public void AssertSucceeded() => Assert.True(Code == 0, $"exit code {Code}: {Error}{Out}");

    private static string[] ToolArguments(string[] arguments) => [Path.Combine(AppContext.BaseDirectory, "FastSensing.Cli.dll"), .. arguments];

    private static Process StartProgram(string folder, string program, string[] arguments, Dictionary<string, string>? variables = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables ?? [])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static ToolRun ToEnd(Process child)
    {
        using Process process = child;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output, error.Result);
    }
}
