namespace FastSensing.Testing.Processes;

/// <summary>How a child process ended and what it said on both streams.</summary>
public sealed record ChildResult(int ExitCode, string Output)
{
    /// <summary>The last lines of the output, for failure messages.</summary>
    public string Tail => string.Join('\n', Output.TrimEnd().Split('\n').TakeLast(25));
}
