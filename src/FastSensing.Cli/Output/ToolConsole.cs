using Spectre.Console;

namespace FastSensing.Cli.Output;

/// <summary>
/// The two streams and their manners: data go to stdout, talk to stderr; colour and moving progress only on a terminal
/// that wants them (not with NO_COLOR, TERM=dumb, --no-color or --quiet).
/// </summary>
internal sealed class ToolConsole
{
    private readonly Manners _manners;

    private ToolConsole(TextWriter output, TextWriter error, Manners manners)
    {
        Out = output;
        Error = error;
        _manners = manners;
    }

    [Flags]
    private enum Manners
    {
        Plain = 0,
        ColorOut = 1,
        ColorError = 2,
        Progress = 4,
        Quiet = 8,
    }

    /// <summary>Data.</summary>
    public TextWriter Out { get; }

    /// <summary>Talk.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether progress may move on the screen.</summary>
    public bool Interactive => _manners.HasFlag(Manners.Progress);

    /// <summary>The streams of this process.</summary>
    public static ToolConsole OfProcess() => For(Console.Out, Console.Error, ConsoleFacts.OfProcess());

    /// <summary>Streams that nobody looks at while they are written: no colour, no movement.</summary>
    public static ToolConsole Captured(TextWriter output, TextWriter error) => For(output, error, default);

    /// <summary>Streams of which the facts are known.</summary>
    public static ToolConsole For(TextWriter output, TextWriter error, ConsoleFacts facts)
    {
        bool dumb = facts.Term == "dumb";
        bool color = !dumb && string.IsNullOrEmpty(facts.NoColor);
        Manners manners = (color && facts.OutputIsTerminal ? Manners.ColorOut : 0)
            | (color && facts.ErrorIsTerminal ? Manners.ColorError : 0)
            | (!dumb && facts.ErrorIsTerminal ? Manners.Progress : 0);
        return new ToolConsole(output, error, manners);
    }

    /// <summary>The same streams after --no-color and --quiet.</summary>
    public ToolConsole With(Wishes wishes)
    {
        Manners manners = _manners;
        if (wishes.HasFlag(Wishes.NoColor))
        {
            manners &= ~(Manners.ColorOut | Manners.ColorError);
        }

        if (wishes.HasFlag(Wishes.Quiet))
        {
            manners = (manners & ~Manners.Progress) | Manners.Quiet;
        }

        return new ToolConsole(Out, Error, manners);
    }

    /// <summary>A line of talk.</summary>
    public void Say(string line)
    {
        if (!_manners.HasFlag(Manners.Quiet))
        {
            Error.WriteLine(line);
        }
    }

    /// <summary>The one line that says why the tool fails.</summary>
    public void Fail(string message)
    {
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        try
        {
            WriteFailure(line);
        }
        catch (IOException)
        {
            // stderr is full or gone: the exit code says it alone.
        }
    }

    /// <summary>Renders a table or the like to stdout.</summary>
    public void Show(Spectre.Console.Rendering.IRenderable data)
    {
        IAnsiConsole console = Create(Out, Manners.ColorOut);
        console.Write(data);
        console.WriteLine();
    }

    /// <summary>stderr as Spectre sees it, for progress.</summary>
    public IAnsiConsole Talk() => Create(Error, Manners.ColorError);

    private void WriteFailure(string line)
    {
        if (_manners.HasFlag(Manners.ColorError))
        {
            Talk().MarkupLine($"[red]fastsensing:[/] {line.EscapeMarkup()}");
        }
        else
        {
            Error.WriteLine("fastsensing: " + line);
        }
    }

    private IAnsiConsole Create(TextWriter writer, Manners colored)
    {
        bool color = _manners.HasFlag(colored);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color || (Interactive && writer == Error) ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = Interactive && writer == Error ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!color)
        {
            console.Profile.Width = 160; // A file has no width to wrap at.
        }

        return console;
    }
}
