using FastSensing.IO;

namespace FastSensing.Cli.Output;

/// <summary>Inputs and outputs by name, with one line and the right code for whatever the system says about them.</summary>
internal static class Files
{
    /// <summary>Reads an input; a file that is missing or may not be read is refused like a malformed one.</summary>
    public static TResult Read<TResult>(string path, Func<string, TResult> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.InputRefused, $"{path}: there is no such file.", missing);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            string why = Directory.Exists(path) ? "it is a directory." : "reading it is not permitted.";
            throw new ToolException(ExitCode.InputRefused, $"{path}: {why}", forbidden);
        }
        catch (IOException failure)
        {
            throw new ToolException(ExitCode.InputRefused, $"{path}: it cannot be read: {failure.Message}", failure);
        }
        catch (ArgumentException refused)
        {
            throw new ToolException(ExitCode.InputRefused, $"{path}: {WithoutParameter(refused)}", refused);
        }
        catch (OutOfMemoryException full)
        {
            throw new ToolException(ExitCode.InputRefused, $"{path}: there is not enough memory to read it.", full);
        }
        catch (OverflowException large)
        {
            throw new ToolException(ExitCode.InputRefused, $"{path}: a size that it states is larger than this tool can handle.", large);
        }
    }

    /// <summary>Opens an output before the work begins, so that an impossible one costs nothing.</summary>
    public static AtomicFile Create(string path) => Create(path, name => new AtomicFile(name));

    /// <summary>The same for outputs of other kinds.</summary>
    public static TOutput Create<TOutput>(string path, Func<string, TOutput> open)
    {
        try
        {
            return open(path);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new ToolException(ExitCode.Failure, $"{path}: it cannot be written: there is no such directory.", missing);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new ToolException(ExitCode.Failure, $"{path}: it cannot be written: no permission.", forbidden);
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or NotSupportedException)
        {
            throw new ToolException(ExitCode.Failure, $"{path}: it cannot be written: {WithoutName(path, failure.Message)}", failure);
        }
    }

    /// <summary>Fills an output that is open; what the disk says against it is said of the output's own name.</summary>
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (ArgumentException tooLong)
        {
            // The runtime's exception for a file that grows beyond what the file system allows.
            throw new ToolException(ExitCode.Failure, $"{path}: it cannot be written: {WithoutParameter(tooLong)}", tooLong);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Failure, $"{path}: it cannot be written: {WithoutName(path, failure.Message)}", failure);
        }
    }

    /// <summary>Whether two names are of one file, links followed.</summary>
    public static bool AreSame(string first, string second) => string.Equals(
        Target(first), Target(second), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>The message without the "(Parameter 'x')" that the base library appends.</summary>
    public static string WithoutParameter(ArgumentException exception)
    {
        int end = exception.ParamName is null ? -1 : exception.Message.IndexOf($" (Parameter '{exception.ParamName}'", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private static string Target(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>What the system says without the temporary name that it says it of: "No space left : '/x/.y.tmp'".</summary>
    private static string WithoutName(string path, string message)
    {
        if (message.StartsWith(path + ": ", StringComparison.Ordinal))
        {
            return message[(path.Length + 2)..];
        }

        int quoted = message.Contains(".tmp'", StringComparison.Ordinal) ? message.IndexOf('\'', StringComparison.Ordinal) : -1;
        return quoted < 0 ? message : message[..quoted].TrimEnd(' ', ':', '.') + ".";
    }
}
