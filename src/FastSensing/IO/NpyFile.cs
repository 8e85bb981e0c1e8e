using System.Numerics;

namespace FastSensing.IO;

/// <summary>Files of one array (.npy), as NumPy writes them.</summary>
public static class NpyFile
{
    /// <summary>Opens an array for reading piece by piece.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Not an npy file of a known type, or not of the length its shape needs.</exception>
    public static NpyReader Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return new NpyReader(stream, new ArrayOrigin(path), stream.Length);
    }

    /// <summary>Reads a whole array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">A malformed file; a value that T cannot hold.</exception>
    public static NpyArray<T> Read<T>(string path)
        where T : unmanaged, INumber<T>
    {
        using NpyReader reader = Open(path);
        return new NpyArray<T>(reader, new ArrayOrigin(path));
    }

    /// <summary>Reads a whole array from a stream, such as an embedded resource.</summary>
    /// <param name="stream">Seekable; read to its end and closed.</param>
    /// <param name="name">For messages.</param>
    public static NpyArray<T> Read<T>(Stream stream, string name)
        where T : unmanaged, INumber<T>
    {
        using NpyReader reader = new(stream, new ArrayOrigin(name), stream.Length - stream.Position);
        return new NpyArray<T>(reader, new ArrayOrigin(name));
    }

    /// <summary>Writes an array in C order and the byte order of this machine.</summary>
    /// <param name="path">Written completely or not at all.</param>
    /// <param name="elements">As many as the shape says.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <exception cref="ArgumentException">Another number of elements; nothing was opened.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> elements, params ReadOnlySpan<int> shape)
        where T : unmanaged =>
        Write(path, elements, new NpyHeader(DTypes.Of<T>(), shape));

    /// <summary>Writes an array in any order, byte order and version.</summary>
    /// <param name="path">Written completely or not at all.</param>
    /// <param name="elements">As many as the shape says, in the order that the header states.</param>
    /// <param name="header">Its type must be T.</param>
    /// <exception cref="ArgumentException">Another type or number of elements; the file is as it was.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> elements, NpyHeader header)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(header);
        header.RequireCount(elements.Length, path);
        using AtomicFile file = new(path);
        using (NpyWriter<T> writer = new(file.Stream, header, path))
        {
            writer.Write(elements);
            writer.Complete();
        }

        file.Commit();
    }
}
