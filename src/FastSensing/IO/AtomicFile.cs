namespace FastSensing.IO;

/// <summary>
/// A file that appears under its name complete or not at all: written as a temporary file beside it, renamed by
/// <see cref="Commit"/>, removed by <see cref="Dispose"/> when that was not called.
/// </summary>
/// <remarks>
/// Opening it proves that the directory can be written to, so a long computation opens its outputs first. A symbolic
/// link is followed: its target is replaced, not the link.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The file to be written or replaced.</param>
    /// <exception cref="IOException">No such directory, or the name is that of a directory or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write.</exception>
    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        FileInfo named = new(path);
        _target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        RequireReplaceable(path, _target);
        string directory = System.IO.Path.GetDirectoryName(_target)!;
        _temporary = System.IO.Path.Combine(
            directory, $".{System.IO.Path.GetFileName(_target)}.{System.IO.Path.GetRandomFileName()}.tmp");
        Stream = Open(path, _temporary);
    }

    /// <summary>The file as it will be called.</summary>
    public string Path { get; }

    /// <summary>Where the content is written to; readable and seekable.</summary>
    public Stream Stream { get; }

    /// <summary>Brings the content to the disk, under the temporary name still; nothing is written after it.</summary>
    public void Complete()
    {
        if (Stream.CanWrite)
        {
            ((FileStream)Stream).Flush(flushToDisk: true);
            Stream.Dispose();
        }
    }

    /// <summary>Puts the file in its place, after <see cref="Complete"/> where that was not called.</summary>
    public void Commit()
    {
        Complete();
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
    }

    /// <summary>Removes the temporary file, unless <see cref="Commit"/> was called.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException) when (!_committed)
        {
            // The last bytes did not reach the disk, of a file that goes away.
        }
        finally
        {
            if (!_committed)
            {
                File.Delete(_temporary);
            }
        }
    }

    /// <summary>What the system says of the temporary file is said of the one that it stands for.</summary>
    private static FileStream Open(string path, string temporary)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new DirectoryNotFoundException($"{path}: there is no such directory.", missing);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            throw new UnauthorizedAccessException($"{path}: writing there is not permitted.", forbidden);
        }
        catch (IOException failure)
        {
            throw new IOException($"{path}: no file can be made there.", failure);
        }
    }

    /// <summary>A rename would put a plain file where a device was; a directory cannot be replaced at all.</summary>
    private static void RequireReplaceable(string path, string target)
    {
        if (Directory.Exists(target))
        {
            throw new IOException($"{path} is a directory.");
        }

        if (!OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new IOException($"{path} is a device; only files are written.");
        }

        if (File.Exists(target) && (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0)
        {
            throw new UnauthorizedAccessException($"{path} is read-only.");
        }
    }
}
