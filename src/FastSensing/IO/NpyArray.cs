using System.Numerics;

namespace FastSensing.IO;

/// <summary>A whole array in memory: its shape and its elements in C order, converted to T as <see cref="NpyReader"/> does.</summary>
/// <typeparam name="T">float, double, byte, int or long.</typeparam>
public sealed class NpyArray<T>
    where T : unmanaged, INumber<T>
{
    private readonly ArrayOrigin _origin;
    private readonly int[] _shape;

    internal NpyArray(NpyReader reader, ArrayOrigin origin)
    {
        _origin = origin;
        _shape = reader.Header.Shape.ToArray();
        StoredType = reader.Header.Type;
        Elements = reader.ReadToEnd<T>();
    }

    /// <summary>Element type of the file.</summary>
    public DType StoredType { get; }

    /// <summary>Lengths of the axes; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The shape as Python writes it, for messages.</summary>
    public string ShapeText => ArrayShape.Format(_shape);

    /// <summary>The elements in C order.</summary>
    public ReadOnlyMemory<T> Elements { get; }

    /// <summary>What to throw when the content is of no use: one line that names file and array.</summary>
    /// <param name="what">What is wrong, as "it ..." or "its ...", without a full stop.</param>
    public InvalidDataException Refuse(string what) => _origin.Refuse(what);
}
