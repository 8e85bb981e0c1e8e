using System.IO.Compression;

namespace FastSensing.IO;

/// <summary>
/// Writes a file of named arrays (.npz) that NumPy reads; it appears under its name by <see cref="Commit"/> only. The
/// same arrays give the same bytes: members carry no date.
/// </summary>
public sealed class NpzWriter : IDisposable
{
    // The first moment that a ZIP archive can state; NumPy writes it too.
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly AtomicFile _file;
    private readonly ZipArchive _archive;
    private readonly CompressionLevel _level;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Opens the temporary file.</summary>
    /// <param name="path">The file to be written or replaced.</param>
    /// <param name="compression">How members are packed.</param>
    /// <exception cref="IOException">The path cannot be written; see <see cref="AtomicFile"/>.</exception>
    public NpzWriter(string path, NpzCompression compression = NpzCompression.Stored)
    {
        _file = new AtomicFile(path);
        _archive = new ZipArchive(_file.Stream, ZipArchiveMode.Create, leaveOpen: true);
        _level = compression == NpzCompression.Stored ? CompressionLevel.NoCompression : CompressionLevel.Optimal;
    }

    /// <summary>Adds a whole array in C order.</summary>
    /// <param name="name">Without .npy; each once.</param>
    /// <param name="elements">As many as the shape says.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <exception cref="ArgumentException">Another number of elements, or a name that is there already; nothing was written.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> elements, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        new NpyHeader(DTypes.Of<T>(), shape).RequireCount(elements.Length, $"{_file.Path}: array {name}");
        using NpyWriter<T> writer = Begin<T>(name, shape);
        writer.Write(elements);
        writer.Complete();
    }

    /// <summary>Begins an array that is written piece by piece; complete it before the next one begins.</summary>
    /// <param name="name">Without .npy; each once.</param>
    /// <param name="shape">Lengths of the axes.</param>
    public NpyWriter<T> Begin<T>(string name, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        NpyHeader header = new(DTypes.Of<T>(), shape);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"{_file.Path}: array {name} is there already.", nameof(name));
        }

        ZipArchiveEntry member = _archive.CreateEntry(name + ".npy", _level);
        member.LastWriteTime = NoDate;
        Stream stream = member.Open();
        return new NpyWriter<T>(stream, header, $"{_file.Path}: array {name}", stream);
    }

    /// <summary>
    /// Ends the archive and brings it to the disk, under its temporary name still: so several files can be known to be
    /// complete before the first of them appears.
    /// </summary>
    public void Complete()
    {
        _archive.Dispose();
        _file.Complete();
    }

    /// <summary>Puts the file in its place, after <see cref="Complete"/> where that was not called.</summary>
    public void Commit()
    {
        Complete();
        _file.Commit();
    }

    /// <summary>Removes the temporary file, unless <see cref="Commit"/> was called.</summary>
    public void Dispose() => _file.Dispose(); // The archive would only write its directory, to a file that goes away.
}
