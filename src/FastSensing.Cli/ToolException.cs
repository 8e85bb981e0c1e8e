namespace FastSensing.Cli;

/// <summary>Ends a verb with one line for the user and an exit code.</summary>
internal sealed class ToolException(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode Code { get; } = code;
}
