using FastSensing.Cli.Output;
using FastSensing.Testing.Files;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests;

/// <summary>Whatever goes wrong is one line and a code, never a stack trace; a full disk is said of the file's own name.</summary>
public sealed class GuardTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new InvalidOperationException("the ground opened"), 1, "please report it: InvalidOperationException: the ground opened" },
        { new KeyNotFoundException("nothing there"), 1, "please report it" },
        { new OverflowException("Arithmetic operation resulted in an overflow."), 3, "a product of its sizes" },
        { new InsufficientMemoryException(), 3, "not enough memory" },
        { new InvalidDataException("x.npz: it is odd."), 3, "x.npz: it is odd." },
        { new IOException("x.npz: gone."), 1, "x.npz: gone." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Guard_OfAnyException_IsOneLineAndACode(Exception failure, int code, string words)
    {
        StringWriter error = new();
        ExitCode got = CommandLine.Guard(ToolConsole.Captured(TextWriter.Null, error), () => throw failure);
        new ToolRun((int)got, string.Empty, error.ToString()).AssertFailed((ExitCode)code, words);
    }

    [Fact]
    public void Fail_OnAStreamThatIsFull_IsSilent()
    {
        using StreamWriter full = new(new FullStream()) { AutoFlush = true };
        Assert.Equal(ExitCode.Failure, CommandLine.Guard(ToolConsole.Captured(TextWriter.Null, full), () => throw new IOException("x")));
    }

    [UnixFact]
    public void Generate_OnAFullDisk_NamesTheFileAndLeavesNothing()
    {
        using TemporaryFolder folder = new();

        // 64 KiB a file is all that the system grants here, and 60 x 60 matrices take more.
        string tool = Path.Combine(AppContext.BaseDirectory, "FastSensing.Cli.dll");
        ToolRun run = ToolRun.OfProgram(
            folder.Path, "/bin/sh", "-c", "trap '' XFSZ; ulimit -f 128; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$0\" generate p.npz --quiet", tool);
        run.AssertFailed(ExitCode.Failure, "p.npz: it cannot be written");
        Assert.DoesNotContain(".tmp", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }
}
