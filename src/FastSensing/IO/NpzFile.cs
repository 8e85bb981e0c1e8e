using System.Collections.ObjectModel;
using System.IO.Compression;
using System.Numerics;

namespace FastSensing.IO;

/// <summary>
/// A file of named arrays (.npz: a ZIP archive of npy files), as numpy.savez and numpy.savez_compressed write it.
/// Nothing is unpacked to disk; sizes are limited by <see cref="NpzLimits"/>; checksums are verified.
/// </summary>
/// <remarks>
/// One array at a time: a reader must be disposed before the next is opened. Not thread-safe. Errors: as of
/// <see cref="NpyReader"/>; members that are not npy files are listed nowhere and never read.
/// </remarks>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";
    private readonly string _path;
    private readonly NpzLimits _limits;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _members = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private NpzFile(string path, NpzLimits limits, ZipArchive archive)
    {
        _path = path;
        _limits = limits;
        _archive = archive;
    }

    /// <summary>The names of the arrays, in the order of the file.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Opens a file and reads its directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may claim; null for <see cref="NpzLimits.Default"/>.</param>
    /// <exception cref="InvalidDataException">Not a ZIP archive, too many members, or names that are unfit or given twice.</exception>
    public static NpzFile Open(string path, NpzLimits? limits = null)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Open(stream, path, limits);
    }

    /// <summary>The same from a seekable stream, which is taken over.</summary>
    internal static NpzFile Open(Stream stream, string path, NpzLimits? limits = null)
    {
        try
        {
            ZipArchive archive = Guard(path, () => new ZipArchive(stream, ZipArchiveMode.Read));
            NpzFile file = new(path, limits ?? NpzLimits.Default, archive);
            file.List(Guard(path, () => archive.Entries));
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is an array of this name.</summary>
    /// <param name="name">Without .npy.</param>
    public bool Contains(string name) => _members.ContainsKey(name);

    /// <summary>Opens an array for reading piece by piece.</summary>
    /// <param name="name">Without .npy.</param>
    /// <exception cref="InvalidDataException">No such array, or a malformed one.</exception>
    public NpyReader OpenArray(string name)
    {
        ZipArchiveEntry member = Find(name);
        ArrayOrigin origin = new(_path, name);
        if (member.IsEncrypted)
        {
            throw origin.Refuse("it is encrypted");
        }

        if (member.Length > _limits.MemberLength)
        {
            throw origin.Refuse($"it claims {member.Length} bytes; the limit is {_limits.MemberLength}");
        }

        if (member.Length > _limits.FreeLength && member.Length / _limits.Ratio > member.CompressedLength)
        {
            throw origin.Refuse(
                $"it claims to unpack {member.CompressedLength} bytes to {member.Length}; beyond {_limits.FreeLength} bytes the limit is {_limits.Ratio} times");
        }

        Crc32Stream stream = new(Guard(_path, member.Open));
        return new NpyReader(stream, origin, member.Length, member.Crc32);
    }

    /// <summary>Reads a whole array.</summary>
    /// <param name="name">Without .npy.</param>
    /// <exception cref="InvalidDataException">No such array, a malformed one, or a value that T cannot hold.</exception>
    public NpyArray<T> Read<T>(string name)
        where T : unmanaged, INumber<T>
    {
        using NpyReader reader = OpenArray(name);
        return new NpyArray<T>(reader, new ArrayOrigin(_path, name));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _archive.Dispose();

    private ZipArchiveEntry Find(string name)
    {
        if (_members.TryGetValue(name, out ZipArchiveEntry? member))
        {
            return member;
        }

        string present = _names.Count == 0 ? "no arrays at all" : string.Join(", ", _names[..Math.Min(_names.Count, 20)]);
        throw new InvalidDataException($"{_path}: there is no array {name}; the file has {present}.");
    }

    private void List(ReadOnlyCollection<ZipArchiveEntry> members)
    {
        if (members.Count > _limits.MemberCount)
        {
            throw new InvalidDataException($"{_path}: it has {members.Count} members; the limit is {_limits.MemberCount}.");
        }

        foreach (ZipArchiveEntry member in members)
        {
            if (!IsPlainName(member.FullName))
            {
                throw new InvalidDataException($"{_path}: the name of member {_names.Count + 1} is not that of an array.");
            }

            if (!member.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                continue;
            }

            string name = member.FullName[..^Extension.Length];
            if (!_members.TryAdd(name, member))
            {
                throw new InvalidDataException($"{_path}: array {name}: it is there twice.");
            }

            _names.Add(name);
        }
    }

    /// <summary>No control characters, no way out of a directory, no drive; 255 characters at most.</summary>
    private static bool IsPlainName(string name)
    {
        if (name.Length is 0 or > 255 || name[0] == '/' || name.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char character in name)
        {
            if (char.IsControl(character) || character is '\\' or ':')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The ZIP reader of the base library reports a malformed archive by several exception types: here they become one.</summary>
    private static TResult Guard<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception malformed) when (malformed is InvalidDataException or EndOfStreamException or ArgumentException
            or OverflowException or NotSupportedException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: it is not a readable ZIP archive (npz).", malformed);
        }
    }
}
