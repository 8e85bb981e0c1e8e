namespace FastSensing.Cli.Output;

/// <summary>What the surroundings say of the two streams.</summary>
/// <param name="OutputIsTerminal">stdout is shown to somebody.</param>
/// <param name="ErrorIsTerminal">stderr is shown to somebody.</param>
/// <param name="NoColor">The variable NO_COLOR; any text but an empty one asks for none.</param>
/// <param name="Term">The variable TERM; "dumb" can neither colour nor move.</param>
internal readonly record struct ConsoleFacts(bool OutputIsTerminal, bool ErrorIsTerminal, string? NoColor, string? Term)
{
    public static ConsoleFacts OfProcess() => new(
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected,
        Environment.GetEnvironmentVariable("NO_COLOR"),
        Environment.GetEnvironmentVariable("TERM"));
}
