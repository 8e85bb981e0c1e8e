using System.CommandLine;
using FastSensing.Cli.Output;

namespace FastSensing.Cli.Verbs;

/// <summary>One verb: what it understands and what it does.</summary>
internal interface IVerb
{
    /// <summary>Name, options and help.</summary>
    Command Command { get; }

    /// <summary>Does it. Errors are exceptions; the command line turns them into a line and a code.</summary>
    ExitCode Run(ParseResult parsed, ToolConsole console, CancellationToken cancellation);
}
