using FastSensing.Cli.Output;

namespace FastSensing.Cli.Tests.Output;

/// <summary>Colour and movement only on a terminal that wants them.</summary>
public sealed class ToolConsoleTests
{
    [Theory]
    [InlineData(true, null, "xterm", false, true)]
    [InlineData(true, "", "xterm", false, true)]
    [InlineData(true, "1", "xterm", false, false)]
    [InlineData(true, null, "dumb", false, false)]
    [InlineData(true, null, "xterm", true, false)]
    [InlineData(false, null, "xterm", false, false)]
    public void Fail_Colors_OnlyWhereWanted(bool terminal, string? noColor, string term, bool noColorOption, bool expected)
    {
        StringWriter error = new();
        ToolConsole console = ToolConsole.For(TextWriter.Null, error, new ConsoleFacts(terminal, terminal, noColor, term)).With(noColorOption ? Wishes.NoColor : Wishes.None);
        console.Fail("a [strange]\n message");
        Assert.Equal(expected, error.ToString().Contains('\u001b', StringComparison.Ordinal));
        Assert.Contains("a [strange] message", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(true, "xterm", false, true)]
    [InlineData(true, "dumb", false, false)]
    [InlineData(true, "xterm", true, false)]
    [InlineData(false, "xterm", false, false)]
    public void Interactive_OnlyOnATerminal(bool terminal, string term, bool quiet, bool expected) =>
        Assert.Equal(expected, ToolConsole.For(TextWriter.Null, TextWriter.Null, new ConsoleFacts(false, terminal, null, term)).With(quiet ? Wishes.Quiet : Wishes.None).Interactive);

    [Fact]
    public void Say_Quiet_IsSilentButForErrors()
    {
        StringWriter error = new();
        ToolConsole console = ToolConsole.Captured(TextWriter.Null, error).With(Wishes.Quiet);
        console.Say("talk");
        Assert.Equal(string.Empty, error.ToString());
        console.Fail("trouble");
        Assert.Equal("fastsensing: trouble" + Environment.NewLine, error.ToString());
    }
}
