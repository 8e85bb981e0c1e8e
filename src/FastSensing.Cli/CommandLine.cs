using System.CommandLine;
using System.CommandLine.Invocation;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using FastSensing.Cli.Verbs;

namespace FastSensing.Cli;

/// <summary>From arguments to an exit code: parses, runs a verb, and turns every error into one line on stderr.</summary>
internal static class CommandLine
{
    public static ExitCode Run(string[] arguments, ToolConsole console, CancellationToken cancellation) =>
        Guard(console, () => Parse(arguments, console, cancellation));

    /// <summary>Runs something to its exit code; whatever is thrown becomes one line and a code, and never a stack trace.</summary>
    internal static ExitCode Guard(ToolConsole console, Func<ExitCode> run)
    {
        try
        {
            return run();
        }
        catch (ToolException refused)
        {
            console.Fail(refused.Message);
            return refused.Code;
        }
        catch (InvalidDataException malformed)
        {
            console.Fail(malformed.Message);
            return ExitCode.InputRefused;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (OutOfMemoryException)
        {
            console.Fail("There is not enough memory for a problem of this size.");
            return ExitCode.InputRefused;
        }
        catch (OverflowException)
        {
            console.Fail("The problem is larger than this tool can handle: a product of its sizes exceeds 2^31 - 1.");
            return ExitCode.InputRefused;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.Fail(failure.Message);
            return ExitCode.Failure;
        }
        catch (Exception unexpected)
        {
            console.Fail($"This should not have happened, please report it: {unexpected.GetType().Name}: {unexpected.Message}");
            return ExitCode.Failure;
        }
    }

    private static ExitCode Parse(string[] arguments, ToolConsole console, CancellationToken cancellation)
    {
        Option<bool> noColor = new("--no-color") { Description = "Plain text, as with NO_COLOR set.", Recursive = true };
        Option<bool> quiet = new("--quiet", "-q") { Description = "No talk on stderr but errors.", Recursive = true };
        ExitCode code = ExitCode.Success;
        RootCommand root = new("Low-rank matrices from few measurements: sensing, completion, factorisation.")
        {
            HelpName = "fastsensing",
        };
        root.Options.OfType<VersionOption>().First().Action = new VersionAction();
        root.Options.Add(noColor);
        root.Options.Add(quiet);
        foreach (IVerb verb in (IVerb[])[new SolveVerb(), new CompareVerb(), new GenerateVerb(), new InfoVerb(), new DoctorVerb(), new DemoVerb(), new BenchVerb(new NativePeers()), new StudyVerb(), new TryBackEndVerb()])
        {
            verb.Command.SetAction(parsed =>
            {
                ToolConsole chosen = console.With(
                    (parsed.GetValue(noColor) ? Wishes.NoColor : 0) | (parsed.GetValue(quiet) ? Wishes.Quiet : 0));
                code = Guard(chosen, () => verb.Run(parsed, chosen, cancellation));
                if (code == ExitCode.Interrupted)
                {
                    chosen.Fail("Interrupted; no result was written.");
                }
            });
            root.Subcommands.Add(verb.Command);
        }

        if (arguments.Length == 0)
        {
            root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = console.Error, Error = console.Error });
            return ExitCode.Usage;
        }

        // An argument that begins with @ is a file's name like any other, not a file of arguments.
        ParseResult result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction)
        {
            console.Fail(Complaint(result));
            return ExitCode.Usage;
        }

        result.Invoke(new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        return code;
    }

    /// <summary>The version of this tool, not of whatever process hosts it.</summary>
    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Provenance.Version);
            return 0;
        }
    }

    private static string Complaint(ParseResult result)
    {
        if (result.CommandResult.Command is RootCommand)
        {
            string what = result.UnmatchedTokens.Count > 0 ? $"'{result.UnmatchedTokens[0]}' is not a verb." : result.Errors[0].Message;
            return $"{what} See fastsensing --help.";
        }

        return $"{result.Errors[0].Message} See fastsensing {result.CommandResult.Command.Name} --help.";
    }
}
