using System.Globalization;
using FastSensing.IO;

namespace FastSensing.Tests.IO;

/// <summary>The cross product of everything an npy header can say, as the tests against NumPy walk through it.</summary>
internal static class NpyLayouts
{
    public static readonly int[][] Shapes = [[], [1], [5], [3, 4], [2, 3, 4], [0, 3], [3, 0, 2], [1, 7], [2, 1, 3, 2]];

    public static readonly DType[] Types = [DType.Float32, DType.Float64, DType.UInt8, DType.Int32, DType.Int64];

    public static IEnumerable<NpyHeader> All()
    {
        foreach (DType type in Types)
        {
            foreach (int[] shape in Shapes)
            {
                foreach (ArrayOrder order in Enum.GetValues<ArrayOrder>())
                {
                    foreach (ByteOrder byteOrder in Enum.GetValues<ByteOrder>())
                    {
                        for (int version = 1; version <= 3; version++)
                        {
                            yield return new NpyHeader(type, shape, order, byteOrder, version);
                        }
                    }
                }
            }
        }
    }

    /// <summary>A file name that says it all, for both sides of the comparison.</summary>
    public static string Name(NpyHeader header) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Code(header.Type)}-{(header.Order == ArrayOrder.RowMajor ? 'C' : 'F')}-{(header.ByteOrder == ByteOrder.LittleEndian ? 'L' : 'B')}-{header.Version}-{string.Join('x', header.Shape.ToArray())}");

    public static string Code(DType type) => type switch
    {
        DType.Float32 => "f4",
        DType.Float64 => "f8",
        DType.UInt8 => "u1",
        DType.Int32 => "i4",
        _ => "i8",
    };
}
