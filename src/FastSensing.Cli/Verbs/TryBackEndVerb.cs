using System.CommandLine;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;

namespace FastSensing.Cli.Verbs;

/// <summary>fastsensing try-back-end: the child of `doctor` and of `--blas`; not for people.</summary>
internal sealed class TryBackEndVerb : IVerb
{
    private readonly Argument<string> _backEnd = new("BACKEND");
    private readonly Option<int?> _threads = SharedOptions.Integer("--threads", 1, "Threads it may use.");

    public TryBackEndVerb()
    {
        Command = new Command(BackEndTrial.Verb, "Load and probe a native BLAS in this process.") { _backEnd, _threads };
        Command.Hidden = true;
    }

    public Command Command { get; }

    public ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation) =>
        BackEndTrial.Perform(BackEndChoice.ResolveNative(parsed.GetRequiredValue(_backEnd)), parsed.GetValue(_threads) ?? 1, console.Out);
}
